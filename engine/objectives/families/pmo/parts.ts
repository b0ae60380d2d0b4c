/**
 * @file Parts of the PMO tasks: a measure of a molecule, a modifier that maps it to [0, 1], and a mean. Definitions:
 * GuacaMol (Brown et al., J. Chem. Inf. Model. 2019, 59, 1096) as in PyTDC 1.1.15, tdc/chem_utils/oracle/oracle.py.
 */
import { elementCounts, isomerScore, parseFormula } from '../../../chem/formula.ts';
import type { Molecule } from '../../../chem/molecule.ts';
import type { CountFingerprint } from '../../../chem/morgan.ts';
import type { Rdkit } from '../../../chem/rdkit.ts';
import { tanimotoBits, tanimotoCounts } from '../../../chem/similarity.ts';
import { Query } from '../../../chem/smarts/query.ts';
import type { ReadResource } from '../../types.ts';

export type Measure = (molecule: Molecule) => number;
export type Modifier = (value: number) => number;

/** What a part is prepared with. */
interface Tools {
  readonly rdkit: Rdkit;
  readonly resource: ReadResource;
}

/** A measure that reads its references or models when the task is prepared. */
export type Part = (tools: Tools) => Measure;

/** 1 at `mu`, decreasing on both sides. */
export const gaussian =
  (mu: number, sigma: number): Modifier =>
  (x) =>
    Math.exp(-0.5 * ((x - mu) / sigma) ** 2);
/** 1 up to `mu`, decreasing above. */
export const atMost =
  (mu: number, sigma: number): Modifier =>
  (x) =>
    gaussian(mu, sigma)(Math.max(x, mu));
/** 1 from `mu` on, decreasing below. */
export const atLeast =
  (mu: number, sigma: number): Modifier =>
  (x) =>
    gaussian(mu, sigma)(Math.min(x, mu));
/** Rises linearly from 0 to 1 at `top` and stays 1 above. */
export const clipped =
  (top: number): Modifier =>
  (x) =>
    Math.min(1, Math.max(0, x / top));

export const plain =
  (measure: Measure): Part =>
  () =>
    measure;
export const modified =
  (part: Part, modifier: Modifier): Part =>
  (tools) => {
    const measure = part(tools);
    return (molecule) => modifier(measure(molecule));
  };

/** 1 if the measure equals that of a reference molecule. */
export const likeThatOf =
  (smiles: string, measure: Measure, sigma: number): Part =>
  (tools) => {
    const modifier = gaussian(readReference(smiles, tools, measure), sigma);
    return (molecule) => modifier(measure(molecule));
  };

/** Mean of the parts as in PMO: geometric, but arithmetic in the hop tasks. */
export const geometricMean = (...parts: readonly Part[]): Part =>
  meanOf(parts, (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length));
export const arithmeticMean = (...parts: readonly Part[]): Part =>
  meanOf(parts, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);

function meanOf(parts: readonly Part[], mean: (values: readonly number[]) => number): Part {
  return (tools) => {
    const measures = parts.map((part) => part(tools));
    return (molecule) => mean(measures.map((measure) => measure(molecule)));
  };
}

type Fingerprint = (molecule: Molecule) => CountFingerprint;

export const ECFP4: Fingerprint = (molecule) => molecule.morgan(2);
export const ECFP6: Fingerprint = (molecule) => molecule.morgan(3);
export const FCFP4: Fingerprint = (molecule) => molecule.featureMorgan(2);
/** Atom pairs up to ten bonds apart. */
export const AP: Fingerprint = (molecule) => molecule.atomPairs(10);

/** Tanimoto similarity to a reference, on counts. */
export const similarTo =
  (smiles: string, fingerprint: Fingerprint): Part =>
  (tools) => {
    const reference = readReference(smiles, tools, fingerprint);
    return (molecule) => tanimotoCounts(fingerprint(molecule), reference);
  };

/** The same with Gobbi's 2D pharmacophores, which have no counts. */
export const pharmacophoreOf =
  (smiles: string): Part =>
  (tools) => {
    const reference = readReference(smiles, tools, (molecule) => molecule.pharmacophore);
    return (molecule) => tanimotoBits(molecule.pharmacophore, reference);
  };

/** 1 if the substructure occurs, otherwise 0. */
export const has =
  (smarts: string): Part =>
  () => {
    const query = new Query(smarts);
    return ({ graph }) => (query.isIn(graph) ? 1 : 0);
  };
export const lacks = (smarts: string): Part => modified(has(smarts), (found) => 1 - found);

export const isomerOf =
  (formula: string): Part =>
  () => {
    const target = parseFormula(formula);
    return ({ graph }) => isomerScore(elementCounts(graph), target);
  };

export const logP: Measure = ({ descriptors }) => descriptors.logP;
export const tpsa: Measure = ({ descriptors }) => descriptors.tpsa;
export const bertz: Measure = ({ descriptors }) => descriptors.bertz;
export const rings: Measure = ({ descriptors }) => descriptors.rings;
export const aromaticRings: Measure = ({ descriptors }) => descriptors.aromaticRings;
export const atomsOf =
  (element: number): Measure =>
  ({ graph }) =>
    elementCounts(graph).get(element) ?? 0;

function readReference<T>(smiles: string, { rdkit }: Tools, read: (molecule: Molecule) => T): T {
  return rdkit.withMolecule(smiles, read, () => {
    throw new Error(`The reference ${smiles} is not a valid SMILES`);
  });
}
