/** @file Writes a graph as SMILES in an order that the caller chooses. */

/** What is written. Atoms are integers. */
export interface SmilesSource {
  /** Neighbours in the order in which they are to be visited; asked once per atom. */
  neighbours(atom: number): readonly number[];
  /** Symbol of the bond, '' for none, as read from one atom to the other. */
  bond(from: number, to: number): string;
  atom(atom: number): string;
}

/** A depth-first walk over a fragment. */
interface Walk {
  /** Atoms reached. */
  readonly atoms: number[];
  /** Atom -> atoms that are written after it. */
  readonly next: Map<number, number[]>;
  /** Atom -> atoms that it is joined with by ring numbers. */
  readonly rings: Map<number, number[]>;
}

function walk(source: SmilesSource, start: number): Walk {
  const found: Walk = { atoms: [], next: new Map(), rings: new Map() };
  const ranks = new Map<number, number>();
  const visit = (atom: number, before: number): void => {
    const rank = found.atoms.push(atom);
    ranks.set(atom, rank);
    const [next, rings]: number[][] = [[], []];
    found.next.set(atom, next);
    found.rings.set(atom, rings);
    for (const other of source.neighbours(atom)) {
      const seen = ranks.get(other);
      if (seen === undefined) {
        next.push(other);
        visit(other, atom);
      } else if (seen < rank && other !== before) {
        rings.push(other);
        found.rings.get(other)!.push(atom);
      }
    }
  };
  visit(start, -1);
  return found;
}

function numberText(number: number): string {
  if (number < 10) return String(number);
  return number < 100 ? `%${number}` : `%(${number})`;
}

/** Gives each ring the lowest number that is free. */
class RingNumbers {
  /** Pair of atoms -> number. */
  readonly #open = new Map<string, number>();

  /** The numbers of one atom. */
  at(atom: number, partners: readonly number[], bond: SmilesSource['bond']): string {
    const closed: string[] = [];
    const texts = partners.map((other) => {
      const pair = `${Math.min(atom, other)} ${Math.max(atom, other)}`;
      const number = this.#open.get(pair);
      if (number !== undefined) closed.push(pair);
      return number === undefined ? bond(atom, other) + numberText(this.#start(pair)) : numberText(number);
    });
    for (const pair of closed) this.#open.delete(pair);
    return texts.join('');
  }

  #start(pair: string): number {
    const taken = new Set(this.#open.values());
    let number = 1;
    while (taken.has(number)) number++;
    this.#open.set(pair, number);
    return number;
  }
}

/** Writes the fragment of an atom, beginning with it. @returns its atoms, too */
export function writeFragment(source: SmilesSource, start: number): { text: string; atoms: readonly number[] } {
  const { atoms, next, rings } = walk(source, start);
  const numbers = new RingNumbers();
  const write = (atom: number): string => {
    const closures = numbers.at(atom, rings.get(atom)!, (from, to) => source.bond(from, to));
    const parts = next.get(atom)!.map((other) => source.bond(atom, other) + write(other));
    const last = parts.pop() ?? '';
    return `${source.atom(atom)}${closures}${parts.map((part) => `(${part})`).join('')}${last}`;
  };
  return { text: write(start), atoms };
}
