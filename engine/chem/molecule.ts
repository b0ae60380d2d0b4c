/**
 * @file One parsed molecule. Each property is computed by RDKit at most once, and only if an objective needs it. The
 * owner must call `dispose`, because WASM memory is not garbage-collected.
 */
import type { Mol } from '@rdkit/rdkit';
import { atomPairCounts } from './atom-pairs.ts';
import { Descriptors, type StereoCentres } from './descriptors.ts';
import { callRdkit } from './errors.ts';
import { featureInvariants } from './features.ts';
import { readGraph } from './graph.ts';
import { type AtomicMass, connectivityInvariants, type CountFingerprint, morganCounts } from './morgan.ts';
import type { Pattern } from './pattern.ts';
import { pharmacophoreBits } from './pharmacophore.ts';
import { type SearchGraph, searchGraph } from './smarts/search-graph.ts';
import { torsionCounts } from './torsions.ts';

const FLAT = JSON.stringify({ doIsomericSmiles: false });

export class Molecule {
  readonly input: string;
  readonly #mol: Mol;
  /** Mass of one atom, from RDKit's own tables. */
  readonly atomicMass: AtomicMass;
  #canonical: string | undefined;
  #graph: SearchGraph | undefined;
  #descriptors: Descriptors | undefined;
  #rdkitDescriptors: Readonly<Record<string, number>> | undefined;
  #pharmacophore: ReadonlySet<number> | undefined;
  /** By kind and size. */
  readonly #counts = new Map<string, CountFingerprint>();

  /** Takes ownership of `mol`. */
  constructor(input: string, mol: Mol, atomicMass: AtomicMass) {
    this.input = input;
    this.#mol = mol;
    this.atomicMass = atomicMass;
  }

  /** RDKit's canonical isomeric SMILES. */
  get canonical(): string {
    return (this.#canonical ??= callRdkit('the canonical SMILES', () => this.#mol.get_smiles()));
  }

  /** The same without stereo and isotopes. */
  get flat(): string {
    return callRdkit('the canonical SMILES', () => this.#mol.get_smiles(FLAT));
  }

  /** Standard InChI (IUPAC), by the InChI library in RDKit. */
  get inchi(): string {
    return callRdkit('the InChI', () => this.#mol.get_inchi());
  }

  get graph(): SearchGraph {
    return (this.#graph ??= searchGraph(readGraph(callRdkit('the molecular graph', () => this.#mol.get_json()))));
  }

  get descriptors(): Descriptors {
    return (this.#descriptors ??= new Descriptors({
      graph: this.graph,
      atomicMass: this.atomicMass,
      stereoCentres: () => this.#stereoCentres(),
    }));
  }

  /**
   * All descriptors of RDKit-JS by name (rdkit-descriptors.ts). They are computed all at once, slower than
   * `descriptors`.
   */
  get rdkitDescriptors(): Readonly<Record<string, number>> {
    return (this.#rdkitDescriptors ??= JSON.parse(
      callRdkit('the descriptors', () => this.#mol.get_descriptors()),
    ) as Record<string, number>);
  }

  /**
   * Centres labelled on parsing, and those that get_stereo_tags marks "?". Its labels come from another algorithm than
   * Python RDKit's default.
   */
  #stereoCentres(): StereoCentres {
    const labelled = new Set(this.graph.labelledCentres);
    const unspecified = new Set<number>();
    const { CIP_atoms: tags } = JSON.parse(callRdkit('the stereo centres', () => this.#mol.get_stereo_tags())) as {
      CIP_atoms: [number, string][];
    };
    for (const [atom, label] of tags) if (label === '(?)' && !labelled.has(atom)) unspecified.add(atom);
    return { all: labelled.size + unspecified.size, unspecified: unspecified.size };
  }

  /** RDKit's unfolded Morgan counts, e.g. radius 2 for ECFP4. */
  morgan(radius: number): CountFingerprint {
    return this.#once(`morgan ${radius}`, () =>
      morganCounts(this.graph, radius, connectivityInvariants(this.graph, this.atomicMass)),
    );
  }

  /** The same over pharmacophore features of atoms, e.g. radius 2 for FCFP4. */
  featureMorgan(radius: number): CountFingerprint {
    return this.#once(`features ${radius}`, () => morganCounts(this.graph, radius, featureInvariants(this.graph)));
  }

  /** @param longest bonds between the atoms of a pair, at most 30 */
  atomPairs(longest: number): CountFingerprint {
    return this.#once(`pairs ${longest}`, () => atomPairCounts(this.graph, longest));
  }

  get torsions(): CountFingerprint {
    return this.#once('torsions', () => torsionCounts(this.graph));
  }

  /** Gobbi's 2D pharmacophore bits. */
  get pharmacophore(): ReadonlySet<number> {
    return (this.#pharmacophore ??= pharmacophoreBits(this.graph));
  }

  #once(key: string, compute: () => CountFingerprint): CountFingerprint {
    let counts = this.#counts.get(key);
    if (!counts) this.#counts.set(key, (counts = compute()));
    return counts;
  }

  has(pattern: Pattern): boolean {
    return pattern.mayBeIn(this.graph.census) && pattern.isIn(this.#mol);
  }

  /** Atom indices of each distinct match. */
  matches(pattern: Pattern): readonly (readonly number[])[] {
    return pattern.mayBeIn(this.graph.census) ? pattern.matchesIn(this.#mol) : [];
  }

  /** Lends RDKit's own object, for depiction and files. The molecule keeps ownership. */
  use<T>(what: string, call: (mol: Mol) => T): T {
    return callRdkit(what, () => call(this.#mol));
  }

  dispose(): void {
    if (!this.#mol.isDeleted()) callRdkit('freeing a molecule', () => this.#mol.delete());
  }
}
