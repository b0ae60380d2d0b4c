/**
 * @file Natural-product-likeness, about -5 (synthetic) to 5 (natural): the sum of the contributions of the distinct
 * fragments per atom, compressed beyond 4 on either side. Ertl, Roggo and Schuffenhauer, J. Chem. Inf. Model. 2008, 48,
 * 68; equal to RDKit's Contrib/NP_Score/npscorer.py.
 */
import type { FragmentTable } from './fragments.ts';
import type { Molecule } from './molecule.ts';

/** Above this value, the score grows logarithmically. */
const KNEE = 4;

/** @param table with 0 for fragments that are not in it */
export function npScore(molecule: Molecule, table: FragmentTable): number {
  let sum = 0;
  for (const id of molecule.morgan(2).keys()) sum += table.score(id);
  const score = sum / molecule.graph.atoms;
  const beyond = Math.abs(score) - KNEE;
  return beyond > 0 ? Math.sign(score) * (KNEE + Math.log10(beyond + 1)) : score;
}
