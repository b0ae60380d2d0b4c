/**
 * @file SMILES as tokens: one per atom, bond, branch or ring closure. Bracket atoms, two-letter elements and ring
 * closures above 9 (%12) are one token each.
 */
import { BOUNDARY, UnknownTokenError } from './tokens.ts';
import type { Tokenizer } from './types.ts';

const TOKEN = /\[[^[\]]+\]|Br|Cl|Se|se|%\d\d|[BCNOPSFIbcnops]|\d|[=#$:\-+\\/().~*>]/y;

/** What a chemist could do about a token that the generator has not learnt. */
function adviceFor(token: string): string {
  if (token === '.') return 'keep the largest fragment (remove salts and solvents)';
  if (token === '/' || token === '\\') return 'remove the double-bond stereo marks';
  if (token.startsWith('[') && token.includes('@')) return 'remove the stereo marks';
  if (token.startsWith('[') && /[+-]/.test(token)) return 'neutralise the charge';
  if (token.startsWith('[') && /^\[\d/.test(token)) return 'remove the isotope';
  if (token.startsWith('%') || /^\d$/.test(token)) return 'it needs more open rings than the generator was trained on';
  return 'this generator was not trained on that element or bond; another one may support it';
}

/**
 * Splits a SMILES into tokens.
 * @throws UnknownTokenError if a character belongs to no token
 */
export function splitSmiles(smiles: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < smiles.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(smiles);
    if (match === null) throw new UnknownTokenError(smiles, smiles[at], at, adviceFor(smiles[at]));
    tokens.push(match[0]);
  }
  return tokens;
}

/** Makes a tokenizer for a vocabulary whose first entry is the boundary. */
export function smilesTokenizer(vocabulary: readonly string[]): Tokenizer {
  if (vocabulary[0] !== BOUNDARY) throw new Error(`A SMILES vocabulary starts with ${BOUNDARY}.`);
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  return {
    vocabulary,
    encode: (text) => encode(text, ids),
    decode: (tokens) => Array.from(tokens, (id) => (id === 0 ? '' : vocabulary[id])).join(''),
  };
}

/** Boundary, tokens, boundary. */
function encode(text: string, ids: ReadonlyMap<string, number>): Int32Array {
  const tokens = splitSmiles(text);
  const encoded = new Int32Array(tokens.length + 2);
  let position = 0;
  tokens.forEach((token, i) => {
    const id = ids.get(token);
    if (id === undefined) throw new UnknownTokenError(text, token, position, adviceFor(token));
    encoded[i + 1] = id;
    position += token.length;
  });
  return encoded;
}

/**
 * Vocabulary of a data set: every token that occurs at least `least` times, by frequency, ties in alphabetical order.
 */
export function buildVocabulary(counts: ReadonlyMap<string, number>, least: number): string[] {
  const kept = [...counts].filter(([, count]) => count >= least);
  kept.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [BOUNDARY, ...kept.map(([token]) => token)];
}
