/** The diversity of the sequences that measure a round, computed in the compute process. */
import { internalDiversity, tanimotoPacked, tanimotoPlaces } from '../../engine/base/diversity.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { MoleculeError, RdkitCrash } from '../../engine/chem/errors.ts';
import { packedEcfp4 } from '../../engine/chem/folded.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { strandlessCounts } from '../../engine/dna/kmers.ts';
import type { SampleRecord } from '../../engine/soup/types.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';

/** The first valid sequences represent all: 4,950 pairs take some hundredths of a second. */
const MOST = 100;
/** As in the map of DNA candidates. */
const K = 4;

/** Valid sequences that measure the merge, or the prior in round 0. */
export function measuredSequences(samples: readonly Pick<SampleRecord, 'source' | 'canonical'>[]): string[] {
  return samples
    .flatMap(({ source, canonical }) =>
      (source === 'merge' || source === 'prior') && canonical !== null ? [canonical] : [],
    )
    .slice(0, MOST);
}

export class DiversityMeter {
  readonly #modality: Modality;
  #rdkit: Rdkit | null = null;

  constructor(modality: Modality) {
    this.#modality = modality;
  }

  /**
   * Internal diversity: of molecules by ECFP4 folded to 1,024 bits, of DNA by the counts of 4-mers on either strand.
   * @returns 0 to 1; null for fewer than two comparable sequences, and if RDKit crashed
   */
  async of(sequences: readonly string[]): Promise<number | null> {
    if (this.#modality === 'dna')
      return internalDiversity(
        sequences.map((one) => strandlessCounts(one, K)),
        tanimotoPlaces,
      );
    const rdkit = (this.#rdkit ??= await loadRdkitFromDisk());
    try {
      return internalDiversity(
        sequences.flatMap((one) => fingerprint(rdkit, one) ?? []),
        tanimotoPacked,
      );
    } catch (error) {
      if (!(error instanceof RdkitCrash)) throw error;
      // The memory of RDKit can no longer be trusted, so the next round loads it again.
      this.#rdkit = null;
      return null;
    }
  }
}

/** @returns null for a molecule that RDKit cannot read */
function fingerprint(rdkit: Rdkit, smiles: string): Uint8Array | null {
  try {
    return rdkit.withMolecule(smiles, packedEcfp4, () => null);
  } catch (error) {
    if (error instanceof MoleculeError) return null;
    throw error;
  }
}
