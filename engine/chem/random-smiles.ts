/**
 * @file Random SMILES of a molecule: one of the many texts that name it, so that a generator learns more than the
 * canonical one (Arús-Pous et al., J. Cheminform. 2019, 11, 71). Only the text is rearranged, which needs no RDKit.
 * RDKit's own random SMILES cannot be seeded in its WebAssembly build.
 */
import { permutation, type RandomStream } from '../base/random-stream.ts';
import { StructureError } from './errors.ts';
import { type SmilesPlace, writeFragment } from './smiles-text.ts';

/** Atom, bond, ring number, other sign. */
const TOKEN =
  /(\[[^\]]*\]|Br|Cl|[BCNOPSFIbcnops*])|(->|<-|[-=#$:/\\~])|%\((?<long>\d+)\)|%(?<two>\d\d)|(?<one>\d)|([().])/y;

/** Bonds that read differently from their other end. */
const REVERSED: Readonly<Record<string, string>> = { '/': '\\', '\\': '/', '->': '<-', '<-': '->' };

/** Bonds of an unsaturated atom. */
const MULTIPLE = /[=#$:]/;

/** Stereo other than that of a tetrahedral atom, such as @SP1. */
const OTHER_STEREO = /@[A-Z]{2}\d/;

interface OpenRing {
  readonly atom: number;
  /** Where the other atom belongs in the list of neighbours. */
  readonly place: number;
  readonly bond: string;
}

/** The atoms and bonds of a SMILES as they are written. */
class SmilesGraph {
  readonly symbols: string[] = [];
  readonly #places: { neighbours: number[]; hasBefore: boolean; closures: number }[] = [];
  /** [atoms] neighbour -> symbol of the bond as read from the atom. */
  readonly #bonds: Map<number, string>[] = [];
  readonly #rings = new Map<number, OpenRing>();
  readonly #branches: number[] = [];
  #last = -1;
  #bond = '';

  /** @throws StructureError if the text is not a SMILES, or has stereo of other than tetrahedral atoms */
  constructor(smiles: string) {
    const text = new RegExp(TOKEN);
    while (text.lastIndex < smiles.length) {
      const at = text.lastIndex;
      const token = text.exec(smiles);
      if (!token || !this.#take(token))
        throw new StructureError(smiles, `not a SMILES: "${smiles[at]}" at position ${at + 1}`);
    }
    if (this.#last < 0 || this.#bond !== '' || this.#rings.size > 0 || this.#branches.length > 0)
      throw new StructureError(smiles, 'not a SMILES: it ends too early');
    if (this.symbols.some((symbol) => OTHER_STEREO.test(symbol)))
      throw new StructureError(smiles, 'only tetrahedral atoms can have stereo here');
  }

  neighbours(atom: number): readonly number[] {
    return this.#places[atom].neighbours;
  }

  bond(from: number, to: number): string {
    return this.#bonds[from].get(to)!;
  }

  /** The symbol for another place of the atom, with the same arrangement of its neighbours. */
  symbolAt(atom: number, place: SmilesPlace): string {
    const [symbol, old] = [this.symbols[atom], this.#places[atom]];
    if (!symbol.includes('@')) return symbol;
    const isSaturated = [...this.#bonds[atom].values()].every((bond) => !MULTIPLE.test(bond));
    const [before, now] = [isInverted(symbol, old, isSaturated), isInverted(symbol, place, isSaturated)];
    return isOdd(old.neighbours, place.neighbours) === (before === now) ? mirrored(symbol) : symbol;
  }

  /** @returns whether the token may stand here */
  #take([all, atom, bond, long, two, one]: RegExpExecArray): boolean {
    const ring = long ?? two ?? one;
    if (atom) return this.#add(atom);
    if (this.#last < 0) return false;
    if (bond) this.#bond = bond;
    else if (ring) this.#ring(Number(ring));
    else if (all === '(') this.#branches.push(this.#last);
    else if (all === ')') this.#last = this.#branches.pop() ?? -1;
    else this.#last = -1;
    return all !== ')' || this.#last >= 0;
  }

  #add(symbol: string): boolean {
    const atom = this.symbols.push(symbol) - 1;
    this.#places.push({ neighbours: [], hasBefore: this.#last >= 0, closures: 0 });
    this.#bonds.push(new Map());
    if (this.#last >= 0) {
      this.#places[this.#last].neighbours.push(atom);
      this.#places[atom].neighbours.push(this.#last);
      this.#join(this.#last, atom, this.#bond);
    }
    this.#last = atom;
    this.#bond = '';
    return true;
  }

  #ring(number: number): void {
    const open = this.#rings.get(number);
    const here = this.#places[this.#last];
    here.closures++;
    if (open) {
      this.#places[open.atom].neighbours[open.place] = this.#last;
      here.neighbours.push(open.atom);
      if (open.bond) this.#join(open.atom, this.#last, open.bond);
      else this.#join(this.#last, open.atom, this.#bond);
      this.#rings.delete(number);
    } else {
      const place = here.neighbours.push(-1) - 1;
      this.#rings.set(number, { atom: this.#last, place, bond: this.#bond });
    }
    this.#bond = '';
  }

  #join(a: number, b: number, bond: string): void {
    this.#bonds[a].set(b, bond);
    this.#bonds[b].set(a, REVERSED[bond] ?? bond);
  }
}

/**
 * Whether a mark reads the other way round because of its place. A hydrogen in brackets comes right after the atom
 * before, or first. RDKit has no place for a lone pair, and inverts the mark of a saturated atom with one ring number
 * (`chiralAtomNeedsTagInversion` in Code/GraphMol/Canon.cpp).
 */
function isInverted(symbol: string, place: SmilesPlace, isSaturated: boolean): boolean {
  if (place.neighbours.length !== 3) return false;
  return symbol.includes('H') ? !place.hasBefore : place.closures === 1 && isSaturated;
}

/** Whether an odd number of exchanges leads from one order to the other. */
function isOdd(from: readonly number[], to: readonly number[]): boolean {
  const places = from.map((one) => to.indexOf(one));
  let inversions = 0;
  places.forEach((place, i) => (inversions += places.slice(i + 1).filter((later) => later < place).length));
  return inversions % 2 === 1;
}

function mirrored(symbol: string): string {
  return symbol.includes('@@') ? symbol.replace('@@', '@') : symbol.replace('@', '@@');
}

/**
 * A random SMILES of the same molecule with its stereo: random first atoms, directions in rings and orders of branches.
 * The same stream gives the same text.
 * @param smiles valid, such as one that RDKit wrote
 * @throws StructureError if the text is not a SMILES, or has stereo of other than tetrahedral atoms
 */
export function randomisedSmiles(smiles: string, random: RandomStream): string {
  const graph = new SmilesGraph(smiles);
  const source = {
    neighbours: (atom: number) => shuffled(graph.neighbours(atom), random),
    bond: (from: number, to: number) => graph.bond(from, to),
    atom: (atom: number, place: SmilesPlace) => graph.symbolAt(atom, place),
  };
  const written = new Set<number>();
  const fragments: string[] = [];
  for (const start of permutation(graph.symbols.length, random)) {
    if (written.has(start)) continue;
    const { text, atoms } = writeFragment(source, start);
    fragments.push(text);
    for (const atom of atoms) written.add(atom);
  }
  return fragments.join('.');
}

function shuffled(list: readonly number[], random: RandomStream): number[] {
  return permutation(list.length, random).map((at) => list[at]);
}
