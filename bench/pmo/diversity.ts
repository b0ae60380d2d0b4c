import { internalDiversity } from '../../engine/base/diversity.ts';
import { fingerprint } from '../../engine/chem/fingerprints.ts';
import { tanimotoBits } from '../../engine/chem/similarity.ts';
import { Chemistry } from '../../host/chemistry/service.ts';

/** 1 - mean Tanimoto similarity of all pairs by ECFP4 bits, in [0, 1]; 0 for fewer than two molecules. */
export async function diversityOf(smiles: readonly string[]): Promise<number> {
  const prints = await new Chemistry().use(({ rdkit }) =>
    smiles.map((text) =>
      rdkit.withMolecule(
        text,
        (molecule) => fingerprint(molecule, 'ecfp4'),
        () => {
          throw new Error(`${text} was scored and cannot be read.`);
        },
      ),
    ),
  );
  return internalDiversity(prints, tanimotoBits) ?? 0;
}
