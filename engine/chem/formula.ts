/** @file Molecular formulas in Hill's order, as RDKit writes them, and how close a molecule is to an isomer of one. */
import type { MoleculeGraph } from './graph.ts';
import { atomicNumber, elementSymbol } from './smarts/elements.ts';

/** Atomic number (0 for a dummy) -> number of atoms, including hydrogens. */
export type ElementCounts = ReadonlyMap<number, number>;

const HYDROGEN = 1;
const CARBON = 6;

/** Atoms of each element, with every hydrogen. */
export function elementCounts(graph: MoleculeGraph): ElementCounts {
  const counts = new Map<number, number>();
  const add = (element: number, more: number): void =>
    void (more > 0 && counts.set(element, (counts.get(element) ?? 0) + more));
  for (let a = 0; a < graph.atoms; a++) {
    add(graph.element[a], 1);
    add(HYDROGEN, graph.hydrogens[a]);
  }
  return counts;
}

/** Carbon, hydrogen, then the rest by symbol. */
function inHillOrder(counts: ElementCounts): [symbol: string, count: number][] {
  const rank = (element: number): number => (element === CARBON ? 0 : element === HYDROGEN ? 1 : 2);
  const entries = [...counts].map(([element, count]) => ({
    rank: rank(element),
    symbol: elementSymbol(element),
    count,
  }));
  entries.sort((a, b) => a.rank - b.rank || (a.symbol < b.symbol ? -1 : 1));
  return entries.map(({ symbol, count }) => [symbol, count]);
}

function chargeText(charge: number): string {
  const size = Math.abs(charge);
  return charge === 0 ? '' : `${charge > 0 ? '+' : '-'}${size > 1 ? size : ''}`;
}

/** E.g. C9H8O4, with the charge at the end: rdMolDescriptors.CalcMolFormula (Code/GraphMol/MolProps.cpp). */
export function molecularFormula(graph: MoleculeGraph): string {
  const atoms = inHillOrder(elementCounts(graph)).map(([symbol, count]) => (count > 1 ? `${symbol}${count}` : symbol));
  return atoms.join('') + chargeText(graph.charge.reduce((sum, one) => sum + one, 0));
}

/** A text that is not a molecular formula. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}

const TERM = /([A-Z][a-z]?)(\d*)/y;

/** @param text elements with counts, e.g. C9H8O4 @throws FormulaError, which names what cannot be read */
export function parseFormula(text: string): ElementCounts {
  const counts = new Map<number, number>();
  for (TERM.lastIndex = 0; TERM.lastIndex < text.length;) {
    const at = TERM.lastIndex;
    const [, symbol, digits] = TERM.exec(text) ?? [];
    const element = symbol && atomicNumber(symbol);
    if (!element)
      throw new FormulaError(
        `"${text}" is not a molecular formula: no element at "${text.slice(at)}". Write it like C9H8O4.`,
      );
    counts.set(element, (counts.get(element) ?? 0) + (digits === '' ? 1 : Number(digits)));
  }
  if (counts.size === 0) throw new FormulaError('An empty text is not a molecular formula. Write it like C9H8O4.');
  return counts;
}

const total = (counts: ElementCounts): number =>
  [...counts].reduce((sum, [element, count]) => sum + (element > 0 ? count : 0), 0);

/** Standard deviations of the Gaussians: one atom per element, two for the total. */
const ELEMENT_SIGMA = 1;
const TOTAL_SIGMA = 2;

/**
 * 1 for an isomer, less for each atom too many or too few: the geometric mean of one Gaussian per element and one of
 * the total. Elements that the target lacks count only in the total. Brown et al. (GuacaMol), J. Chem. Inf. Model.
 * 2019, 59, 1096.
 * @returns 0 to 1
 */
export function isomerScore(counts: ElementCounts, target: ElementCounts): number {
  const offs = [...target].map(([element, wanted]) => ((counts.get(element) ?? 0) - wanted) / ELEMENT_SIGMA);
  offs.push((total(counts) - total(target)) / TOTAL_SIGMA);
  return Math.exp(offs.reduce((sum, off) => sum - 0.5 * off * off, 0) / offs.length);
}
