/** How much the sequences that measure a round differ from one another, in the compute process. */
import { internalDiversity, tanimotoPacked, tanimotoPlaces } from '../../engine/base/diversity.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { MoleculeError, RdkitCrash } from '../../engine/chem/errors.ts';
import { packedEcfp4 } from '../../engine/chem/folded.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { strandlessCounts } from '../../engine/dna/kmers.ts';
import type { SampleRecord } from '../../engine/soup/types.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';

/** The first so many valid ones stand for all: 4,950 pairs, some hundredths of a second. */
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
   * Internal diversity: of molecules by ECFP4 folded to 1,024 bits, of DNA by how often
   * each 4-mer occurs on either strand.
   * @returns 0 to 1; null below two sequences that can be compared, and where RDKit broke down
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
      // Its memory can no longer be trusted: the next round loads RDKit again.
      this.#rdkit = null;
      return null;
    }
  }
}

/** @returns null for a molecule that RDKit cannot take */
function fingerprint(rdkit: Rdkit, smiles: string): Uint8Array | null {
  try {
    return rdkit.withMolecule(smiles, packedEcfp4, () => null);
  } catch (error) {
    if (error instanceof MoleculeError) return null;
    throw error;
  }
}
