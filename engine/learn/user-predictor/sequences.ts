/**
 * @file Turns the rows of a table into different DNA sequences with one value each, with a report of what happened to
 * each row.
 */
import { iupacReverseComplement } from '../../dna/iupac.ts';
import { readDna } from '../../dna/pasted.ts';
import { families } from '../predictor-data.ts';
import { groupsOf } from './groups.ts';
import { isMissing } from './measurement.ts';
import type { RawRow } from './molecules.ts';
import type { StructureProblem } from './structures.ts';
import { readValue, type Task } from './task.ts';

/** Longer sequences take hours to learn from, and few experiments measure them. */
const LONGEST_LEARNT = 1000;
/** Shorter sequences have no words to learn from. */
const SHORTEST_LEARNT = 15;

export interface MeasuredSequence {
  /** A, C, G and T. If both strands are equivalent, the one that sorts first. */
  readonly text: string;
  /** Mean of its rows. */
  readonly value: number;
  /** Lines of its rows. */
  readonly lines: readonly number[];
  /** Sequences of one family share a long stretch. */
  readonly family: string;
}

export interface SequenceReport {
  readonly rows: number;
  /** Texts that are not DNA, and sequences that are too long or too short. */
  readonly unreadable: readonly StructureProblem[];
  readonly withoutValue: number;
  /** Cells with text that is not a number, including bounds. */
  readonly badValues: readonly StructureProblem[];
  /** Rows that repeat a sequence of an earlier row. */
  readonly duplicates: number;
  readonly families: number;
  readonly kept: number;
}

interface ReadRow {
  readonly line: number;
  readonly text: string;
  readonly value: number;
}

/** @param bothStrands whether a sequence and its reverse complement are the same */
export function gatherSequences(
  rows: readonly RawRow[],
  task: Task,
  bothStrands: boolean,
): { readonly sequences: readonly MeasuredSequence[]; readonly report: SequenceReport } {
  const tally = { unreadable: [] as StructureProblem[], badValues: [] as StructureProblem[], withoutValue: 0 };
  const read = rows.flatMap((row) => readRow(row, task, bothStrands, tally) ?? []);
  const different = [...groupsOf(read, ({ text }) => text)].map(([text, group]) => ({
    text,
    value: group.reduce((sum, { value }) => sum + value, 0) / group.length,
    lines: group.map(({ line }) => line),
  }));
  const family = families(different.map(({ text }) => text));
  const sequences = different.map((one, i) => ({ ...one, family: String(family[i]) }));
  return {
    sequences,
    report: {
      rows: rows.length,
      ...tally,
      duplicates: read.length - different.length,
      families: new Set(family).size,
      kept: sequences.length,
    },
  };
}

interface Tally {
  readonly unreadable: StructureProblem[];
  readonly badValues: StructureProblem[];
  withoutValue: number;
}

function readRow(
  { line, structure, value: cell }: RawRow,
  task: Task,
  bothStrands: boolean,
  tally: Tally,
): ReadRow | null {
  if (isMissing(cell)) {
    tally.withoutValue++;
    return null;
  }
  const read = readDna(structure);
  const reason = 'reason' in read ? read.reason : lengthProblem(read.bases.length);
  if ('reason' in read || reason !== null) {
    tally.unreadable.push({ line, text: structure.trim().slice(0, 30), reason: reason! });
    return null;
  }
  const value = readValue(cell, task);
  if (typeof value === 'string' || value.bound !== 'exact') {
    tally.badValues.push({
      line,
      text: cell.trim().slice(0, 60),
      reason: typeof value === 'string' ? value : 'a bound, which DNA predictors cannot learn from',
    });
    return null;
  }
  return { line, text: bothStrands ? firstStrand(read.bases) : read.bases, value: value.value };
}

function lengthProblem(length: number): string | null {
  if (length > LONGEST_LEARNT) return `${length} bases; at most ${LONGEST_LEARNT} can be learnt from`;
  return length < SHORTEST_LEARNT ? `${length} bases; at least ${SHORTEST_LEARNT} are needed` : null;
}

function firstStrand(bases: string): string {
  const opposite = iupacReverseComplement(bases);
  return opposite < bases ? opposite : bases;
}
