/**
 * One parsed molecule: RDKit is asked once for each thing, and only for what
 * some objective needs. The owner must call `dispose`; WASM memory is not
 * garbage-collected.
 */
import type { Mol } from '@rdkit/rdkit';
import { callRdkit } from './errors.ts';
import { Descriptors } from './descriptors.ts';
import { readGraph } from './graph.ts';
import { morganCounts, type AtomicMass, type CountFingerprint } from './morgan.ts';
import type { Pattern } from './pattern.ts';
import { searchGraph, type SearchGraph } from './smarts/search-graph.ts';

export class Molecule {
  readonly input: string;
  readonly #mol: Mol;
  readonly #atomicMass: AtomicMass;
  #canonical: string | undefined;
  #graph: SearchGraph | undefined;
  #descriptors: Descriptors | undefined;
  readonly #morgan = new Map<number, CountFingerprint>();

  /** Takes ownership of `mol`. */
  constructor(input: string, mol: Mol, atomicMass: AtomicMass) {
    this.input = input;
    this.#mol = mol;
    this.#atomicMass = atomicMass;
  }

  /** RDKit's canonical isomeric SMILES. */
  get canonical(): string {
    return (this.#canonical ??= callRdkit('the canonical SMILES', () => this.#mol.get_smiles()));
  }

  get graph(): SearchGraph {
    return (this.#graph ??= searchGraph(readGraph(callRdkit('the molecular graph', () => this.#mol.get_json()))));
  }

  get descriptors(): Descriptors {
    return (this.#descriptors ??= new Descriptors({ graph: this.graph, atomicMass: this.#atomicMass, stereoCentres: () => this.#stereoCentres() }));
  }

  /**
   * Centres labelled on parsing, and those that get_stereo_tags marks "?". Its
   * own labels come from another algorithm than Python RDKit's default.
   */
  #stereoCentres(): number {
    const centres = new Set(this.graph.labelledCentres);
    const { CIP_atoms: tags } = JSON.parse(callRdkit('the stereo centres', () => this.#mol.get_stereo_tags())) as { CIP_atoms: [number, string][] };
    for (const [atom, label] of tags) if (label === '(?)') centres.add(atom);
    return centres.size;
  }

  /** RDKit's unfolded Morgan counts, e.g. radius 2 for ECFP4; computed once for each radius. */
  morgan(radius: number): CountFingerprint {
    let counts = this.#morgan.get(radius);
    if (!counts) this.#morgan.set(radius, (counts = morganCounts(this.graph, radius, this.#atomicMass)));
    return counts;
  }

  has(pattern: Pattern): boolean {
    return pattern.mayBeIn(this.graph.census) && pattern.isIn(this.#mol);
  }

  /** Atom indices of each distinct match. */
  matches(pattern: Pattern): readonly (readonly number[])[] {
    return pattern.mayBeIn(this.graph.census) ? pattern.matchesIn(this.#mol) : [];
  }

  /** Lends RDKit's own object, for depiction and files; the molecule keeps it. */
  use<T>(what: string, call: (mol: Mol) => T): T {
    return callRdkit(what, () => call(this.#mol));
  }

  dispose(): void {
    if (!this.#mol.isDeleted()) callRdkit('freeing a molecule', () => this.#mol.delete());
  }
}
