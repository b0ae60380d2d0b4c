/** Molecules as the inputs of one pass of a message-passing network. */
import { perceiveElectrons } from '../chem/electrons.ts';
import type { AtomicMass } from '../chem/morgan.ts';
import type { SearchGraph } from '../chem/smarts/search-graph.ts';
import type { TensorData } from '../tensor/device.ts';
import type { PassSize } from './message-passing.ts';
import { type AtomDescriber, BOND_FEATURES, chempropAtoms, writeBondFeatures } from './molecule-features.ts';

/** The room that one molecule takes in a pass. */
export interface MoleculeInput {
  readonly graph: SearchGraph;
  readonly atomicMass: AtomicMass;
}

/** Whether a molecule fits into a pass alone. */
export function fits({ atoms, bonds, degrees }: SearchGraph, size: PassSize): boolean {
  return atoms < size.atoms && 2 * bonds < size.bonds && degrees.every((degree) => degree <= size.neighbours);
}

/** Whether molecules fit into one pass together. */
export function fitTogether(graphs: readonly SearchGraph[], size: PassSize): boolean {
  return graphs.every((graph) => fits(graph, size)) && planPasses(graphs, size).length <= 1;
}

/** Splits molecules that fit into runs of neighbours that share a pass. @returns [first, end) of each run */
export function planPasses(graphs: readonly SearchGraph[], size: PassSize): [first: number, end: number][] {
  const passes: [number, number][] = [];
  let [first, atoms, bonds] = [0, 0, 0];
  graphs.forEach((graph, i) => {
    const full =
      i - first === size.molecules || atoms + graph.atoms >= size.atoms || bonds + 2 * graph.bonds >= size.bonds;
    if (full && i > first) {
      passes.push([first, i]);
      [first, atoms, bonds] = [i, 0, 0];
    }
    atoms += graph.atoms;
    bonds += 2 * graph.bonds;
  });
  if (graphs.length > first) passes.push([first, graphs.length]);
  return passes;
}

/**
 * @param molecules that fit into one pass together
 * @param share weight of an atom in the sum of its molecule
 * @param describe writes the features of an atom
 * @returns inputs in the order of `passSpecs`
 */
export function writePass(
  molecules: readonly MoleculeInput[],
  size: PassSize,
  share: number,
  describe: AtomDescriber = chempropAtoms,
): TensorData[] {
  const pass = new Pass(size, describe);
  molecules.forEach((molecule, i) => pass.add(molecule, i, share));
  return pass.inputs;
}

class Pass {
  readonly inputs: TensorData[];
  readonly #size: PassSize;
  readonly #describe: AtomDescriber;
  readonly #atomFeatures: Float32Array;
  readonly #bondFeatures: Float32Array;
  readonly #origin: Int32Array;
  readonly #reverse: Int32Array;
  readonly #incoming: Int32Array;
  readonly #membership: Float32Array;
  #atoms = 0;
  #bonds = 0;

  constructor(size: PassSize, describe: AtomDescriber) {
    this.#size = size;
    this.#describe = describe;
    this.#atomFeatures = new Float32Array(size.atoms * describe.width);
    this.#bondFeatures = new Float32Array(size.bonds * BOND_FEATURES);
    this.#origin = new Int32Array(size.bonds).fill(size.atoms - 1);
    this.#reverse = new Int32Array(size.bonds).fill(size.bonds - 1);
    this.#incoming = new Int32Array(size.atoms * size.neighbours).fill(size.bonds - 1);
    this.#membership = new Float32Array(size.molecules * size.atoms);
    this.inputs = [
      this.#atomFeatures,
      this.#bondFeatures,
      this.#origin,
      this.#reverse,
      this.#incoming,
      this.#membership,
    ];
  }

  /** Bond b of the graph becomes the directed bonds 2 b (begin to end) and 2 b + 1. */
  add({ graph, atomicMass }: MoleculeInput, molecule: number, share: number): void {
    const electrons = perceiveElectrons(graph);
    for (let a = 0; a < graph.atoms; a++) {
      this.#describe.write(
        graph,
        electrons,
        atomicMass,
        a,
        this.#atomFeatures,
        (this.#atoms + a) * this.#describe.width,
      );
      this.#membership[molecule * this.#size.atoms + this.#atoms + a] = share;
      this.#connect(graph, a);
    }
    for (let b = 0; b < graph.bonds; b++) {
      const [there, back] = [this.#bonds + 2 * b, this.#bonds + 2 * b + 1];
      for (const bond of [there, back])
        writeBondFeatures(graph, electrons, b, this.#bondFeatures, bond * BOND_FEATURES);
      [this.#origin[there], this.#origin[back]] = [this.#atoms + graph.begin[b], this.#atoms + graph.end[b]];
      [this.#reverse[there], this.#reverse[back]] = [back, there];
    }
    this.#atoms += graph.atoms;
    this.#bonds += 2 * graph.bonds;
  }

  /** Lists the directed bonds that lead to an atom. */
  #connect(graph: SearchGraph, a: number): void {
    let place = (this.#atoms + a) * this.#size.neighbours;
    for (let k = graph.offset[a]; k < graph.offset[a + 1]; k++) {
      const bond = graph.via[k];
      this.#incoming[place++] = this.#bonds + 2 * bond + (graph.end[bond] === a ? 0 : 1);
    }
  }
}
