/**
 * @file A quick test before substructure search: a molecule with fewer atoms of some element than the pattern names
 * cannot contain it. It avoids most searches for alerts. The test is one-sided: an atom of the SMARTS that it cannot
 * read requires nothing.
 */
import type { MoleculeGraph } from '../graph.ts';

/** Number of atoms by atomic number; with 128 added, of aromatic ones; with 256, of others. */
export type Census = Uint16Array;

const AROMATIC = 128;
const ALIPHATIC = 256;
const ELEMENTS: Readonly<Record<string, number>> = { C: 6, N: 7, O: 8, F: 9, P: 15, S: 16, Cl: 17, Br: 35, I: 53 };

export function takeCensus(graph: MoleculeGraph): Census {
  const census = new Uint16Array(ALIPHATIC + AROMATIC);
  for (let a = 0; a < graph.atoms; a++) {
    census[graph.element[a]]++;
    census[graph.element[a] + (graph.aromatic[a] ? AROMATIC : ALIPHATIC)]++;
  }
  return census;
}

const BARE_ATOM = /Cl|Br|[CNOFPSIcnops]/g;

/** The outermost bracket atoms of a SMARTS without their brackets, and the text between them. */
function splitBrackets(smarts: string): { brackets: string[]; rest: string } {
  const brackets: string[] = [];
  let rest = '';
  let depth = 0;
  let start = 0;
  [...smarts].forEach((character, i) => {
    if (character === '[' && depth++ === 0) start = i + 1;
    else if (character === ']' && --depth === 0) brackets.push(smarts.slice(start, i));
    else if (depth === 0) rest += character;
  });
  return { brackets, rest };
}

/** A kind of atom (an index of a census) and how many a pattern needs. */
export type Need = readonly [kind: number, count: number];

/** @param atoms the kinds that each atom of a pattern must be */
export function countNeeds(atoms: readonly (readonly number[])[]): Need[] {
  const counts = new Map<number, number>();
  for (const kind of atoms.flat()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}

/** The same from the text alone, for patterns that only RDKit can read. */
export function readNeeds(smarts: string): Need[] {
  const { brackets, rest } = splitBrackets(smarts);
  return countNeeds([
    ...[...rest.matchAll(BARE_ATOM)].map(([symbol]) => symbolKinds(symbol)),
    ...brackets.map(bracketKinds),
  ]);
}

/** Kinds of an atom outside brackets, e.g. c; none for * and the like. */
export function symbolKinds(symbol: string): number[] {
  if (!/^(?:Cl|Br|[CNOFPSIcnops])$/.test(symbol)) return [];
  const element = ELEMENTS[symbol[0].toUpperCase() + symbol.slice(1)];
  return [element, element + (symbol === symbol.toLowerCase() ? AROMATIC : ALIPHATIC)];
}

/** The element that must be present: named first in a part of the atom without alternatives. */
const NAMED = /^(?:\d*(Cl|Br|[CNOFPSIcnops])(?![a-z])|#(\d+))/;

/** Kinds of the atom [...] from the text in its brackets. */
export function bracketKinds(atom: string): number[] {
  const flat = withoutRecursion(atom);
  for (const part of flat.split(';')) {
    const named = part.includes(',') ? null : NAMED.exec(part);
    if (named) return named[1] ? symbolKinds(named[1]) : [Number(named[2])];
  }
  return [];
}

/** Removes $(...) with its content. */
function withoutRecursion(atom: string): string {
  let depth = 0;
  let flat = '';
  for (const character of atom) {
    if (character === '(') depth++;
    if (depth === 0) flat += character;
    if (character === ')') depth--;
  }
  return flat;
}

/** @returns false only if the molecule cannot contain the pattern */
export function mayContain(census: Census, needs: readonly Need[]): boolean {
  return needs.every(([kind, count]) => census[kind] >= count);
}
