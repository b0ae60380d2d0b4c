/**
 * @file SA score (synthetic accessibility), 1 (easy to make) to 10 (hard). Ertl and Schuffenhauer, J. Cheminform. 2009,
 * 1, 8, with the changes of RDKit's Contrib/SA_Score/sascorer.py: one fixed macrocycle penalty, and a correction for
 * symmetric molecules.
 */
import type { FragmentTable } from './fragments.ts';
import type { Molecule } from './molecule.ts';

/** A ring above this size is a macrocycle. */
const LARGEST_ORDINARY_RING = 8;

/** Raw scores of the hardest and easiest molecules of the paper, mapped to 10 and 1. */
const HARDEST = -4;
const EASIEST = 2.5;

/** Mean contribution of a molecule's fragments. */
function fragmentScore(molecule: Molecule, table: FragmentTable): number {
  let sum = 0;
  let fragments = 0;
  for (const [id, count] of molecule.morgan(2)) {
    sum += table.score(id) * count;
    fragments += count;
  }
  return sum / fragments;
}

function complexityPenalty(molecule: Molecule): number {
  const { atoms, rings } = molecule.graph;
  const { stereoCentres, spiroAtoms, bridgeheadAtoms } = molecule.descriptors;
  const macrocycle = rings.some((ring) => ring.length > LARGEST_ORDINARY_RING);
  return (
    atoms ** 1.005 -
    atoms +
    Math.log10(stereoCentres + 1) +
    Math.log10(spiroAtoms + 1) +
    Math.log10(bridgeheadAtoms + 1) +
    (macrocycle ? Math.log10(2) : 0)
  );
}

/** Few distinct fragments for the number of atoms mean repeated parts, which are easier. */
function symmetryBonus(molecule: Molecule): number {
  const { atoms } = molecule.graph;
  const distinct = molecule.morgan(2).size;
  return atoms > distinct ? Math.log(atoms / distinct) * 0.5 : 0;
}

/** @returns 1 (easy to make) to 10 (hard) */
export function saScore(molecule: Molecule, table: FragmentTable): number {
  const raw = fragmentScore(molecule, table) - complexityPenalty(molecule) + symmetryBonus(molecule);
  const scaled = 11 - ((raw - HARDEST + 1) / (EASIEST - HARDEST)) * 9;
  const smoothed = scaled > 8 ? 8 + Math.log(scaled - 8) : scaled;
  return Math.min(10, Math.max(1, smoothed));
}
