/**
 * @file Explains why RDKit refuses a SMARTS: the place and, if possible, a remedy. RDKit's log says where its parser
 * stopped, which for an open bracket is the end of the text. Common mistakes are therefore checked first.
 */
import { nearest } from '../../base/nearest.ts';
import { manyAtoms, MOST_ATOMS } from '../size.ts';
import { elementSymbols } from './elements.ts';

/**
 * Explains why a text cannot be a SMARTS whatever RDKit says, which ignores everything after a space; null if it may be
 * one.
 */
export function formComplaint(text: string): string | null {
  const smarts = text.trim();
  if (smarts === '') return 'A SMARTS pattern needs at least one atom';
  const lines = smarts.split(/[\r\n]+/);
  if (lines.length > 1)
    return `The text has ${lines.length} lines, but a SMARTS pattern has one. The first is "${shortened(lines[0])}"`;
  const foreign = [...smarts].findIndex((character) => !/^[!-~]$/.test(character));
  if (foreign >= 0)
    return `"${shortened(smarts)}" is not a valid SMARTS pattern: "${[...smarts][foreign]}" ${place(foreign)} is not allowed there`;
  if (smarts.includes('>>'))
    return `"${shortened(smarts)}" is a reaction; give one side of it, such as "${shortened(smarts.split('>>')[0])}"`;
  const atoms = manyAtoms(smarts);
  return atoms > MOST_ATOMS
    ? `The pattern has ${atoms.toLocaleString('en')} atoms, but molecules have at most ${MOST_ATOMS}. Use a part of it`
    : null;
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** @param log what RDKit logged while it read the SMARTS; '' if nothing is known */
export function smartsComplaint(smarts: string, log: string): string {
  const what = openOrSurplus(smarts) ?? badElement(smarts) ?? stoppedAt(smarts, log);
  return `"${shortened(smarts)}" is not a valid SMARTS pattern${what === null ? '' : `: ${what}`}`;
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
const place = (index: number) => `at position ${index + 1}`;

/** A bracket, branch or ring that is not closed, or one closing too many. */
function openOrSurplus(smarts: string): string | null {
  const open: number[] = [];
  const rings = new Map<string, number>();
  for (const { index, text } of pieces(smarts)) {
    if (text === '(' || text === '[') open.push(index);
    else if (text in PAIRS) {
      const opened = open.pop();
      if (opened === undefined || smarts[opened] !== PAIRS[text]) return `the "${text}" ${place(index)} closes nothing`;
    } else if (!open.some((at) => smarts[at] === '[')) {
      if (!rings.delete(text)) rings.set(text, index);
    }
  }
  const [first] = open;
  if (first !== undefined) return `the "${smarts[first]}" ${place(first)} is not closed`;
  const [ring] = rings;
  return ring === undefined ? null : `the ring ${ring[0]} that opens ${place(ring[1])} is not closed`;
}

/** Brackets, and numbers of rings, including numbers inside [...]. */
function* pieces(smarts: string): Generator<{ index: number; text: string }> {
  for (const match of smarts.matchAll(/[()[\]]|%\d\d|\d/g)) yield { index: match.index, text: match[0] };
}

/** A symbol that is not an element, or an element that needs brackets. */
function badElement(smarts: string): string | null {
  for (const { index, 0: text } of smarts.matchAll(/\[\d*([A-Z][a-z]?)(?=[\]@+-])/g)) {
    const symbol = text.replace(/^\[\d*/, '');
    if (!elementSymbols.includes(symbol) && !/^[AHDXRrvx]$/.test(symbol))
      return noElement(symbol, index + text.length - symbol.length);
  }
  const bare = /(?<!\[[^\]]*)(?:Si|Se|Li|Mg|Zn|Pt|Al|Fe|Te|Ge|H)/.exec(smarts);
  return bare && `"${bare[0]}" ${place(bare.index)} needs brackets: [${bare[0]}]`;
}

function noElement(symbol: string, index: number): string {
  const near = nearest(symbol, elementSymbols);
  return `there is no element "${symbol}" ${place(index)}${near === undefined ? '' : `; the nearest is "${near}"`}`;
}

function stoppedAt(smarts: string, log: string): string | null {
  const stopped = /around position (\d+)/.exec(log);
  if (stopped === null) return null;
  const index = Number(stopped[1]) - 1;
  return index >= smarts.length - 1 && /[-=#:~@!&,;]$/.test(smarts)
    ? `something is missing after "${smarts.slice(-1)}" at the end`
    : `"${smarts[index] ?? 'the end'}" ${place(index)} is not allowed there`;
}
