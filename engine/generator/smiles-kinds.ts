/** @file What each token of a SMILES vocabulary is. */

export interface SmilesToken {
  readonly text: string;
  /** 'other' is what no drug-like molecule needs: several fragments, reactions, wildcards. */
  readonly kind: 'end' | 'atom' | 'bond' | 'open' | 'close' | 'ring' | 'other';
  /** Of an atom. */
  readonly aromatic: boolean;
  /** Bonds that an atom can have, an aromatic bond counting as one; 0 if it is not an atom. */
  readonly bonds: number;
  /** Order of a bond; 0 if it is not a bond. */
  readonly order: number;
}

export interface Vocabulary {
  readonly tokens: readonly SmilesToken[];
  readonly idOf: ReadonlyMap<string, number>;
}

const ORDERS: Readonly<Record<string, number>> = { '-': 1, '/': 1, '\\': 1, '=': 2, '#': 3 };
const PLAIN = { aromatic: false, bonds: 0, order: 0 };

/** @param vocabulary of a generator; its first entry is the boundary */
export function smilesVocabulary(vocabulary: readonly string[]): Vocabulary {
  return { tokens: vocabulary.map(tokenOf), idOf: new Map(vocabulary.map((text, id) => [text, id])) };
}

function tokenOf(text: string, id: number): SmilesToken {
  if (id === 0) return { ...PLAIN, text, kind: 'end' };
  if (text === '(') return { ...PLAIN, text, kind: 'open' };
  if (text === ')') return { ...PLAIN, text, kind: 'close' };
  if (/^(?:\d|%\d\d)$/.test(text)) return { ...PLAIN, text, kind: 'ring' };
  if (text in ORDERS) return { ...PLAIN, text, kind: 'bond', order: ORDERS[text] };
  const atom = /^\[?\d*(?<symbol>[A-Z][a-z]?|[a-z]{1,2})(?:@{0,2})(?<hydrogens>H\d?)?(?<charge>[+-]\d?)?\]?$/.exec(
    text,
  )?.groups;
  if (!atom) return { ...PLAIN, text, kind: 'other' };
  const hydrogens = atom.hydrogens ? Number(atom.hydrogens.slice(1) || 1) : 0;
  const charge = atom.charge ? Number(`${atom.charge[0]}${atom.charge.slice(1) || 1}`) : 0;
  const aromatic = atom.symbol === atom.symbol.toLowerCase();
  return {
    text,
    kind: 'atom',
    aromatic,
    bonds: Math.max(0, valence(atom.symbol, charge, aromatic) - hydrogens),
    order: 0,
  };
}

/** Usual valences of neutral atoms; the highest if there are several. */
const VALENCES: Readonly<Record<string, number>> = {
  B: 3,
  C: 4,
  N: 3,
  O: 2,
  F: 1,
  Si: 4,
  P: 5,
  S: 6,
  Cl: 1,
  Se: 6,
  Br: 1,
  I: 1,
};
/**
 * Elements that gain a bond with a positive charge, because they have a lone pair. Sulfur and phosphorus start from
 * their lowest valence.
 */
const ONIUM: Readonly<Record<string, number>> = { N: 3, O: 2, P: 3, S: 2, Se: 2 };
/** Neighbours of aromatic atoms, including those in the ring. */
const AROMATIC: Readonly<Record<string, number>> = { b: 3, c: 3, n: 3, o: 2, p: 3, s: 2, se: 2 };

function valence(symbol: string, charge: number, aromatic: boolean): number {
  if (aromatic) return charge < 0 ? 2 : (AROMATIC[symbol] ?? 0);
  if (charge > 0) return symbol in ONIUM ? ONIUM[symbol] + charge : (VALENCES[symbol] ?? 0) - charge;
  if (charge < 0) return symbol === 'B' ? 4 : (ONIUM[symbol] ?? VALENCES[symbol] ?? 0) + charge;
  return VALENCES[symbol] ?? 0;
}
