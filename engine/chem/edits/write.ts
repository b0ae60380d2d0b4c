/** @file Writes a draft as SMILES with Kekule bonds. */
import { elementSymbol } from '../smarts/elements.ts';
import { writeFragment } from '../smiles-text.ts';
import type { Draft } from './draft.ts';

/** Elements that need no brackets if their hydrogens follow from their bonds. */
const ORGANIC: ReadonlySet<string> = new Set(['B', 'C', 'N', 'O', 'P', 'S', 'F', 'Cl', 'Br', 'I']);

/** By order. */
const BONDS = ['', '', '=', '#'];

function chargeText(charge: number): string {
  if (charge === 0) return '';
  return `${charge > 0 ? '+' : '-'}${Math.abs(charge) > 1 ? Math.abs(charge) : ''}`;
}

function atomText(draft: Draft, index: number): string {
  const atom = draft.atom(index)!;
  const symbol = elementSymbol(atom.element);
  if (!atom.fixed && ORGANIC.has(symbol)) return symbol;
  const hydrogens = draft.hydrogens(index) ?? 0;
  return `[${symbol}${hydrogens > 0 ? 'H' : ''}${hydrogens > 1 ? hydrogens : ''}${chargeText(atom.charge)}]`;
}

/**
 * @param draft with valid valences and at least one atom
 * @returns null if it has several fragments
 */
export function writeSmiles(draft: Draft): string | null {
  const all = draft.indices;
  const { text, atoms } = writeFragment(
    {
      neighbours: (atom) => [...draft.bonds(atom).keys()],
      bond: (from, to) => BONDS[draft.bonds(from).get(to)!],
      atom: (atom) => atomText(draft, atom),
    },
    all[0],
  );
  return atoms.length === all.length ? text : null;
}
