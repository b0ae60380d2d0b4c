/** Molecules as the inputs of a pass that computes what they have in common once (shared-messages.ts). */
import { crc32 } from 'node:zlib';
import { type Electrons, perceiveElectrons } from '../chem/electrons.ts';
import type { SearchGraph } from '../chem/smarts/search-graph.ts';
import type { TensorData } from '../tensor/device.ts';
import { type AtomDescriber, BOND_FEATURES, writeBondFeatures } from './molecule-features.ts';
import type { MoleculeInput } from './molecule-pass.ts';
import { PIECE, rowsOfStep, type SharedSize } from './shared-messages.ts';

/** Distinct rows of a table, numbered in the order of their arrival. */
class Table {
  readonly rows: (readonly number[])[] = [];
  /** A number per row that depends only on its content, not on the rest of the pass. */
  readonly marks: number[] = [];
  readonly #places = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #head: Table | null;
  readonly #tail: Table | null;

  /**
   * @param head table that the first number of a row refers to
   * @param tail table that the other numbers refer to; null for plain numbers
   */
  constructor(head: Table | null, tail: Table | null) {
    [this.#head, this.#tail] = [head, tail];
  }

  /** The number of a row, which is added if it is new. */
  place(row: readonly number[]): number {
    const key = row.join();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.rows.length);
    this.#keys.push(key);
    this.marks.push(crc32(row.map((value, i) => (i === 0 ? this.#head : this.#tail)?.marks[value] ?? value).join()));
    return this.rows.push(row) - 1;
  }

  /** Forgets all rows after the first `count`. */
  shorten(length: number): void {
    for (const key of this.#keys.splice(length)) this.#places.delete(key);
    this.rows.length = length;
    this.marks.length = length;
  }
}

/** Molecules that share a pass. */
export class SharedPass {
  /** Nonzero features: position, value, position, value and so on. */
  readonly #kinds = new Table(null, null);
  /** Kind of the atom, then nonzero features of the bond. */
  readonly #starts = new Table(this.#kinds, null);
  /** A start, then rows of the previous table. */
  readonly #steps: readonly Table[];
  /** A kind, then rows of the last table of bonds. */
  readonly #atoms: Table;
  /** The row of each atom of each molecule. */
  readonly #molecules: (readonly number[])[] = [];
  readonly #describe: AtomDescriber;
  readonly #atomFeatures: Float32Array;
  readonly #bondFeatures = new Float32Array(BOND_FEATURES);
  #counts: Counts = { pieces: 0, neighbours: 0, largest: 0 };

  /** @param depth number of steps */
  constructor(depth: number, describe: AtomDescriber) {
    const steps: Table[] = [];
    for (let step = 1; step < depth; step++) steps.push(new Table(this.#starts, steps.at(-1) ?? this.#starts));
    this.#steps = steps;
    this.#atoms = new Table(this.#kinds, steps.at(-1) ?? this.#starts);
    this.#describe = describe;
    this.#atomFeatures = new Float32Array(describe.width);
  }

  get molecules(): number {
    return this.#molecules.length;
  }

  /** Adds a molecule if all of them then fit into a pass of the size. @returns whether it was added */
  add(molecule: MoleculeInput, size: SharedSize): boolean {
    const tables = [this.#kinds, this.#starts, ...this.#steps, this.#atoms];
    const [lengths, counts] = [tables.map(({ rows }) => rows.length), this.#counts];
    this.#molecules.push(this.#placeAtoms(molecule));
    this.#counts = counted(counts, molecule.graph);
    if (this.fits(size)) return true;
    tables.forEach((table, i) => table.shorten(lengths[i]));
    this.#molecules.pop();
    this.#counts = counts;
    return false;
  }

  /** Whether the molecules fit into a pass of the size. */
  fits(size: SharedSize): boolean {
    return (
      this.#counts.neighbours <= size.neighbours &&
      this.#molecules.length <= size.molecules &&
      this.#kinds.rows.length < size.kinds &&
      this.#starts.rows.length < size.starts &&
      this.#steps.every(({ rows }, i) => rows.length < rowsOfStep(size, i + 1)) &&
      this.#atoms.rows.length <= size.atoms &&
      this.#counts.pieces < size.pieces &&
      this.#counts.largest <= size.largest
    );
  }

  #placeAtoms({ graph, atomicMass }: MoleculeInput): number[] {
    const electrons = perceiveElectrons(graph);
    const kinds = Array.from({ length: graph.atoms }, (_, a) => {
      this.#describe.write(graph, electrons, atomicMass, a, this.#atomFeatures, 0);
      return this.#kinds.place(taken(this.#atomFeatures));
    });
    const starts = this.#placeStarts(graph, electrons, kinds);
    const incoming = Array.from(kinds, (_, a) => incomingOf(graph, a));
    let [states, { marks }]: [readonly number[], Table] = [starts, this.#starts];
    for (const table of this.#steps) {
      const [before, order] = [states, marks];
      states = starts.map((start, bond) =>
        table.place([start, ...placesOf(incoming[originOf(graph, bond)], before, order, bond ^ 1)]),
      );
      ({ marks } = table);
    }
    return kinds.map((kind, a) => this.#atoms.place([kind, ...placesOf(incoming[a], states, marks)]));
  }

  /** Bond b of the graph is the directed bonds 2 b (begin to end) and 2 b + 1. */
  #placeStarts(graph: SearchGraph, electrons: Electrons, kinds: readonly number[]): number[] {
    return Array.from({ length: graph.bonds }, (_, b) => {
      writeBondFeatures(graph, electrons, b, this.#bondFeatures, 0);
      const features = taken(this.#bondFeatures);
      return [graph.begin[b], graph.end[b]].map((atom) => this.#starts.place([kinds[atom], ...features]));
    }).flat();
  }

  /**
   * @param size into which the molecules fit
   * @param share weight of an atom in the sum of its molecule
   * @returns inputs in the order of `sharedSpecs`
   */
  write(size: SharedSize): TensorData[] {
    const { kinds, starts, atoms, neighbours } = size;
    return [
      dense(this.#kinds.rows, kinds, this.#describe.width),
      heads(this.#starts.rows, starts, kinds),
      dense(
        this.#starts.rows.map(([, ...features]) => features),
        starts,
        BOND_FEATURES,
      ),
      ...this.#steps.flatMap(({ rows }, i) => [
        heads(rows, rowsOfStep(size, i + 1), starts),
        tails(rows, rowsOfStep(size, i + 1), neighbours - 1, i === 0 ? starts : rowsOfStep(size, i)),
      ]),
      heads(this.#atoms.rows, atoms, kinds),
      tails(
        this.#atoms.rows,
        atoms,
        neighbours,
        this.#steps.length === 0 ? starts : rowsOfStep(size, this.#steps.length),
      ),
      ...this.#writePieces(size),
    ];
  }

  /** Unused entries point at the row after the last atom, and at the last piece. */
  #writePieces({ molecules, atoms, pieces, largest }: SharedSize): TensorData[] {
    const members = new Int32Array(pieces * PIECE).fill(atoms);
    const parts = new Int32Array((molecules * largest) / PIECE).fill(pieces - 1);
    let piece = 0;
    this.#molecules.forEach((places, molecule) => {
      for (let first = 0; first < places.length; first += PIECE, piece++) {
        places.slice(first, first + PIECE).forEach((atom, i) => (members[i * pieces + piece] = atom));
        parts[(first / PIECE) * molecules + molecule] = piece;
      }
    });
    return [members, parts];
  }
}

interface Counts {
  /** Of all molecules together. */
  readonly pieces: number;
  /** Largest number of an atom. */
  readonly neighbours: number;
  /** Atoms of the largest molecule. */
  readonly largest: number;
}

/** The counts with one more molecule. */
function counted({ pieces, neighbours, largest }: Counts, { atoms, degrees }: SearchGraph): Counts {
  return {
    pieces: pieces + Math.ceil(atoms / PIECE),
    neighbours: Math.max(neighbours, ...degrees),
    largest: Math.max(largest, atoms),
  };
}

/** Positions and values of the nonzero entries, which are set back to 0. */
function taken(features: Float32Array): number[] {
  const found: number[] = [];
  features.forEach((value, place) => {
    if (value !== 0) found.push(place, value);
  });
  features.fill(0);
  return found;
}

const originOf = (graph: SearchGraph, bond: number): number => (bond % 2 === 0 ? graph.begin : graph.end)[bond >> 1];

/** Directed bonds that lead to an atom. */
function incomingOf(graph: SearchGraph, a: number): number[] {
  return Array.from(
    graph.via.subarray(graph.offset[a], graph.offset[a + 1]),
    (bond) => 2 * bond + (graph.end[bond] === a ? 0 : 1),
  );
}

/**
 * Rows of the bonds except one. Their order is the same in every pass, because the last digits of a sum depend on the
 * order of its terms.
 */
function placesOf(bonds: readonly number[], rows: readonly number[], marks: readonly number[], but = -1): number[] {
  return bonds
    .filter((bond) => bond !== but)
    .map((bond) => rows[bond])
    .sort((a, b) => marks[a] - marks[b]);
}

/** Listed features as a matrix. [length, width] */
function dense(rows: readonly (readonly number[])[], length: number, width: number): Float32Array {
  const matrix = new Float32Array(length * width);
  rows.forEach((row, i) => {
    for (let k = 0; k < row.length; k += 2) matrix[i * width + row[k]] = row[k + 1];
  });
  return matrix;
}

/** The first number of each row; unused entries point at the last row of the table they refer to. [length] */
function heads(rows: readonly (readonly number[])[], length: number, pointedAt: number): Int32Array {
  const places = new Int32Array(length).fill(pointedAt - 1);
  rows.forEach(([head], i) => (places[i] = head));
  return places;
}

/**
 * The other numbers, at most `each` per row: the second of all rows, the third of all, and so on. Unused entries as
 * above. [each * length]
 */
function tails(rows: readonly (readonly number[])[], length: number, each: number, pointedAt: number): Int32Array {
  const places = new Int32Array(length * each).fill(pointedAt - 1);
  rows.forEach((row, i) => {
    for (let k = 1; k < row.length; k++) places[(k - 1) * length + i] = row[k];
  });
  return places;
}
