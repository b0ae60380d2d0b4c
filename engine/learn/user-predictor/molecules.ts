/**
 * @file Turns the rows of a table into different molecules with one value each, with a report of what happened to each
 * row.
 */
import type { Rdkit } from '../../chem/rdkit.ts';
import { groupsOf } from './groups.ts';
import { type Bound, isMissing } from './measurement.ts';
import { readStructure, type StructureProblem } from './structures.ts';
import { type LearntValue, readValue, sameClass, type Task } from './task.ts';

/** A row as it is in the table. */
export interface RawRow {
  readonly line: number;
  readonly structure: string;
  readonly value: string;
}

/** A molecule with its value: the median of its rows, or the most frequent class. */
export interface MeasuredMolecule {
  /** Canonical, standardised. */
  readonly smiles: string;
  readonly value: number;
  readonly bound: Bound;
  /** Lines of its rows. */
  readonly lines: readonly number[];
}

/** Rows of one molecule whose values differ. */
interface Disagreement {
  readonly smiles: string;
  readonly lines: readonly number[];
  /** On the learnt scale. */
  readonly values: readonly number[];
  /** Highest minus lowest value. */
  readonly spread: number;
  /** False if none of them could be kept. */
  readonly kept: boolean;
}

export interface RowReport {
  readonly rows: number;
  /** Structures that could not be read. */
  readonly unreadable: readonly StructureProblem[];
  /** Rows whose cell says that nothing was measured. */
  readonly withoutValue: number;
  /** Cells with text that is not a value. */
  readonly badValues: readonly StructureProblem[];
  /** Rows whose smaller fragments were removed, and rows whose charges were neutralised. */
  readonly stripped: number;
  readonly neutralised: number;
  /** Rows with a molecule of an earlier row. */
  readonly duplicates: number;
  /** Largest spread first. */
  readonly disagreements: readonly Disagreement[];
  /** Rows with bounds, on the learnt scale, and rows marked as approximate. */
  readonly above: number;
  readonly below: number;
  readonly approximate: number;
  /** Different molecules with a value. */
  readonly kept: number;
}

interface ReadRow extends LearntValue {
  readonly line: number;
  readonly smiles: string;
}

/** @param progress receives the number of processed rows now and then */
export function gatherMolecules(
  rdkit: Rdkit,
  rows: readonly RawRow[],
  task: Task,
  progress: (done: number) => void = () => undefined,
): { readonly molecules: readonly MeasuredMolecule[]; readonly report: RowReport } {
  const tally = {
    unreadable: [] as StructureProblem[],
    badValues: [] as StructureProblem[],
    withoutValue: 0,
    stripped: 0,
    neutralised: 0,
  };
  const read: ReadRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % 100 === 0) progress(i);
    const one = readRow(rdkit, row, task, tally);
    if (one !== null) read.push(one);
  }
  const { molecules, disagreements } = merged(read, task);
  const count = (bound: Bound) => read.filter((one) => one.bound === bound).length;
  const report = {
    rows: rows.length,
    ...tally,
    duplicates: read.length - new Set(read.map(({ smiles }) => smiles)).size,
    disagreements,
    above: count('above'),
    below: count('below'),
    approximate: read.filter((one) => one.approximate).length,
    kept: molecules.length,
  };
  return { molecules, report };
}

interface Tally {
  readonly unreadable: StructureProblem[];
  readonly badValues: StructureProblem[];
  withoutValue: number;
  stripped: number;
  neutralised: number;
}

function readRow(rdkit: Rdkit, { line, structure, value: cell }: RawRow, task: Task, tally: Tally): ReadRow | null {
  if (isMissing(cell) && !isClass(cell, task)) {
    tally.withoutValue++;
    return null;
  }
  const molecule = readStructure(rdkit, line, structure);
  if ('reason' in molecule) {
    tally.unreadable.push(molecule);
    return null;
  }
  const value = readValue(cell, task);
  if (typeof value === 'string') {
    tally.badValues.push({ line, text: cell.trim().slice(0, 60), reason: value });
    return null;
  }
  if (molecule.stripped) tally.stripped++;
  if (molecule.neutralised) tally.neutralised++;
  return { line, smiles: molecule.smiles, ...value };
}

/** "-" means no value, unless it is one of the two classes. */
function isClass(cell: string, { classes }: Task): boolean {
  return classes !== null && [classes.positive, classes.negative].map(sameClass).includes(sameClass(cell));
}

function merged(
  rows: readonly ReadRow[],
  task: Task,
): { molecules: MeasuredMolecule[]; disagreements: Disagreement[] } {
  const much = task.kind === 'classification' ? 0 : deviation(rows.map(({ value }) => value));
  const molecules: MeasuredMolecule[] = [];
  const disagreements: Disagreement[] = [];
  for (const [smiles, group] of groupsOf(rows, (row) => row.smiles)) {
    const one = task.kind === 'classification' ? commonClass(group) : middle(group);
    const lines = group.map(({ line }) => line);
    if (one !== null) molecules.push({ smiles, ...one, lines });
    const values = group.map(({ value }) => value);
    const spread = contradiction(group);
    if (spread > much) disagreements.push({ smiles, lines, values, spread, kept: one !== null });
  }
  return { molecules, disagreements: disagreements.sort((a, b) => b.spread - a.spread) };
}

/** The most frequent class; null for a tie. */
function commonClass(group: readonly ReadRow[]): Pick<ReadRow, 'value' | 'bound'> | null {
  const positive = group.filter(({ value }) => value === 1).length;
  return 2 * positive === group.length ? null : { value: 2 * positive > group.length ? 1 : 0, bound: 'exact' };
}

/**
 * The median of exact values. If all are bounds on one side, the tightest of them; null if there are bounds on both
 * sides.
 */
function middle(group: readonly ReadRow[]): Pick<ReadRow, 'value' | 'bound'> | null {
  const exact = group.filter(({ bound }) => bound === 'exact').map(({ value }) => value);
  if (exact.length > 0) return { value: median(exact), bound: 'exact' };
  if (new Set(group.map(({ bound }) => bound)).size > 1) return null;
  const values = group.map(({ value }) => value);
  const { bound } = group[0];
  return { value: bound === 'above' ? Math.max(...values) : Math.min(...values), bound };
}

/** The spread of exact values. */
function contradiction(group: readonly ReadRow[]): number {
  const exact = group.filter(({ bound }) => bound === 'exact').map(({ value }) => value);
  return exact.length < 2 ? 0 : Math.max(...exact) - Math.min(...exact);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
