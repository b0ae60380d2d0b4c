import { internalDiversity } from '../../engine/base/diversity.ts';
import { fingerprint } from '../../engine/chem/fingerprints.ts';
import { tanimotoBits } from '../../engine/chem/similarity.ts';
import { Chemistry } from '../../host/chemistry/service.ts';

/**
 * 1 - mean Tanimoto similarity of all pairs by ECFP4 bits, in [0, 1]; 0 for fewer than two molecules. RDKit cannot read
 * a few of the SMILES that it writes itself, such as some tautomers of a conjugated amidine; they are left out.
 */
export async function diversityOf(smiles: readonly string[]): Promise<number> {
  const prints = await new Chemistry().use(({ rdkit }) =>
    smiles.flatMap((text) =>
      rdkit.withMolecule(
        text,
        (molecule) => [fingerprint(molecule, 'ecfp4')],
        () => [],
      ),
    ),
  );
  return internalDiversity(prints, tanimotoBits) ?? 0;
}
