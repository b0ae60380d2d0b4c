/**
 * @file What RDKit would take for something else in a mol block. Its reader turns unknown symbols and query atoms into
 * wildcards without a word, so that different compounds become one (CTfile formats, BIOVIA).
 */
import { elementSymbols } from './smarts/elements.ts';

const ELEMENTS: ReadonlySet<string> = new Set([...elementSymbols, 'D', 'T']);
/** Attachment points: labels such as R1, and the wildcard, which OpenChemLib writes as a question mark. */
const ATTACHMENT = /^(R#?|R\d{1,2}|\*|\?|LP|Du)$/;
const QUERIES: Readonly<Record<string, string>> = {
  A: 'any atom but hydrogen',
  AH: 'any atom',
  Q: 'any atom but carbon and hydrogen',
  QH: 'any atom but carbon',
  X: 'any halogen',
  XH: 'any halogen or hydrogen',
  M: 'any metal',
  MH: 'any metal or hydrogen',
  L: 'a list of atoms',
};
/** Types of bonds from "single or double" on; 9 is a dative bond and 10 a hydrogen bond. */
const QUERY_BONDS: ReadonlySet<string> = new Set(['5', '6', '7', '8']);

/** How each mol block ends. */
const BLOCK_END = /^M {2}END\s*$/m;

/** Whether the text is a mol block or an SD file. */
export const isMolBlock = (text: string): boolean => BLOCK_END.test(text);

/** Why a mol block is no molecule although RDKit reads one; null if nothing is wrong with its symbols. */
export function blockFault(block: string): string | null {
  const lines = block.split(/\r\n?|\n/);
  const counts = lines.findIndex((line) => /V[23]000\s*$/.test(line));
  if (counts < 0) return null;
  const { symbols, bonds } = lines[counts].includes('V3000') ? partsOfV3000(lines) : partsOfV2000(lines, counts);
  for (const [i, symbol] of symbols.entries()) {
    const fault = symbolFault(symbol);
    if (fault !== null) return `atom ${i + 1} is "${symbol}", ${fault}`;
  }
  const query = bonds.findIndex((type) => QUERY_BONDS.has(type));
  return query < 0 ? null : `bond ${query + 1} stands for several kinds of bonds: this is a query structure`;
}

function symbolFault(symbol: string): string | null {
  if (ELEMENTS.has(symbol) || ATTACHMENT.test(symbol)) return null;
  if (Object.hasOwn(QUERIES, symbol)) return `${QUERIES[symbol]}: this is a query structure, not one molecule`;
  if (/^(NOT\s*)?\[/.test(symbol)) return 'a list of atoms: this is a query structure, not one molecule';
  return 'which is not an element; draw the group with all its atoms';
}

interface Parts {
  readonly symbols: readonly string[];
  readonly bonds: readonly string[];
}

function partsOfV2000(lines: readonly string[], counts: number): Parts {
  const [atoms, bonds] = [lines[counts].slice(0, 3), lines[counts].slice(3, 6)].map(Number);
  const atomLines = lines.slice(counts + 1, counts + 1 + atoms);
  const bondLines = lines.slice(counts + 1 + atoms, counts + 1 + atoms + bonds);
  return {
    symbols: atomLines.map((line) => line.slice(31, 34).trim()).filter((symbol) => symbol !== ''),
    bonds: bondLines.map((line) => line.slice(6, 9).trim()),
  };
}

function partsOfV3000(lines: readonly string[]): Parts {
  const between = (name: string) => {
    const begin = lines.findIndex((line) => line.startsWith(`M  V30 BEGIN ${name}`));
    const end = lines.findIndex((line) => line.startsWith(`M  V30 END ${name}`));
    return begin < 0 ? [] : lines.slice(begin + 1, end < 0 ? undefined : end);
  };
  return {
    symbols: between('ATOM').flatMap((line) => /^M {2}V30 +\d+ +((?:NOT *)?\[[^\]]*\]|\S+)/.exec(line)?.[1] ?? []),
    bonds: between('BOND').flatMap((line) => /^M {2}V30 +\d+ +(\d+)/.exec(line)?.[1] ?? []),
  };
}
