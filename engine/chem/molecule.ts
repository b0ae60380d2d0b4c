/**
 * One parsed molecule: RDKit is asked once for each thing, and only for what
 * some objective needs. The owner must call `dispose`; WASM memory is not
 * garbage-collected.
 */
import type { Mol } from '@rdkit/rdkit';
import { callRdkit } from './errors.ts';
import { readGraph, type MassShift, type MoleculeGraph } from './graph.ts';
import { morganCounts, type CountFingerprint } from './morgan.ts';
import type { Pattern } from './pattern.ts';
import { takeCensus, type Census } from './screen.ts';

/** RDKit's descriptors under the names of its property list (Code/GraphMol/Descriptors/Property.cpp). */
export interface Descriptors {
  /** Average molecular weight, g/mol. */
  readonly amw: number;
  readonly CrippenClogP: number;
  /** Topological polar surface area without S and P, square angstroms. */
  readonly tpsa: number;
  readonly NumHBD: number;
  readonly NumHBA: number;
  /** Strict definition: no amide or ring bonds, no terminal groups. */
  readonly NumRotatableBonds: number;
  readonly NumRings: number;
  readonly FractionCSP3: number;
  readonly NumSpiroAtoms: number;
  readonly NumBridgeheadAtoms: number;
  /** Assigned and possible tetrahedral centres. */
  readonly NumAtomStereoCenters: number;
}

export class Molecule {
  readonly input: string;
  readonly #mol: Mol;
  readonly #massShift: MassShift;
  #canonical: string | undefined;
  #graph: MoleculeGraph | undefined;
  #census: Census | undefined;
  #descriptors: Descriptors | undefined;
  readonly #morgan = new Map<number, CountFingerprint>();

  /** Takes ownership of `mol`. */
  constructor(input: string, mol: Mol, massShift: MassShift) {
    this.input = input;
    this.#mol = mol;
    this.#massShift = massShift;
  }

  /** RDKit's canonical isomeric SMILES. */
  get canonical(): string {
    return (this.#canonical ??= callRdkit('the canonical SMILES', () => this.#mol.get_smiles()));
  }

  get graph(): MoleculeGraph {
    return (this.#graph ??= readGraph(callRdkit('the molecular graph', () => this.#mol.get_json()), this.#massShift));
  }

  get descriptors(): Descriptors {
    return (this.#descriptors ??= JSON.parse(callRdkit('the descriptors', () => this.#mol.get_descriptors())) as Descriptors);
  }

  /** RDKit's unfolded Morgan counts, e.g. radius 2 for ECFP4; computed once for each radius. */
  morgan(radius: number): CountFingerprint {
    let counts = this.#morgan.get(radius);
    if (!counts) this.#morgan.set(radius, (counts = morganCounts(this.graph, radius)));
    return counts;
  }

  has(pattern: Pattern): boolean {
    return pattern.mayBeIn(this.#counted) && pattern.isIn(this.#mol);
  }

  /** Atom indices of each distinct match. */
  matches(pattern: Pattern): readonly (readonly number[])[] {
    return pattern.mayBeIn(this.#counted) ? pattern.matchesIn(this.#mol) : [];
  }

  get #counted(): Census {
    return (this.#census ??= takeCensus(this.graph));
  }

  /** Lends RDKit's own object, for depiction and files; the molecule keeps it. */
  use<T>(what: string, call: (mol: Mol) => T): T {
    return callRdkit(what, () => call(this.#mol));
  }

  dispose(): void {
    if (!this.#mol.isDeleted()) callRdkit('freeing a molecule', () => this.#mol.delete());
  }
}
