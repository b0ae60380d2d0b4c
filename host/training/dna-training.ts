/**
 * @file A table of DNA measurements, read for the training of a predictor: with sequences, or with names and a FASTA
 * file.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { trainUserDna, type UserDnaTraining } from '../../engine/learn/user-predictor/dna.ts';
import {
  gatherSequences,
  type MeasuredSequence,
  type SequenceReport,
} from '../../engine/learn/user-predictor/sequences.ts';
import type { Task, TaskOptions } from '../../engine/learn/user-predictor/task.ts';
import { sequenceWords, tooLittle } from '../../engine/learn/user-predictor/verdict.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { columnIndex } from '../intake/column-names.ts';
import { problemText } from '../intake/report.ts';
import { placeWord } from '../intake/rows.ts';
import { type Column, structureColumn, type Table } from '../intake/table.ts';
import { rawRows } from '../intake/values.ts';
import { sequencesByName } from './dna-table.ts';
import { decided } from './molecule-table.ts';
import { quantityText } from './report.ts';

/**
 * Updates are so small that two threads are no faster than one.
 */
export const DNA_THREADS = 1;

export interface DnaTable {
  readonly task: Task;
  readonly bothStrands: boolean;
  /** Column of the sequences. */
  readonly structure: string;
  /** Assumptions about the table, one sentence each. */
  readonly notes: readonly string[];
  readonly sequences: readonly MeasuredSequence[];
  readonly report: SequenceReport;
}

export interface DnaTableOptions {
  readonly column: string;
  readonly structure?: string;
  readonly oneStrand?: boolean;
  readonly task: TaskOptions;
}

/** With fewer, no training is possible. With few but enough, the verdict warns. */
const FEWEST_TO_TRY = 20;

/** @throws InputError for a column that is missing or cannot be learnt */
export function readDnaTable(
  table: Table,
  { column, structure: wanted, oneStrand = false, task: options }: DnaTableOptions,
): DnaTable {
  const structure = structureColumn(table, wanted);
  const index = columnIndex(table.columns, column, table.file);
  if (index === structure.index)
    throw new InputError(
      `${table.file}: the column "${table.columns[index].name}" holds the sequences. Choose the column of the measured values.`,
    );
  const { rows, notes: joined } = rawRows(table, structure.index, index);
  const { task, notes } = decided(
    table,
    index,
    rows.map(({ value }) => value),
    options,
  );
  if (task.kind !== 'regression')
    throw new InputError(
      `${table.file}: "${table.columns[index].name}" has only two different values, and predictors of DNA learn continuous values. If these are continuous, choose so under “Values are”.`,
    );
  const { sequences, report } = gatherSequences(rows, task, !oneStrand);
  if (sequences.length === 0)
    throw new InputError(
      `${table.file}: no row has both a sequence and a value${report.unreadable.length > 0 ? `; the first problem is in ${placeWord(table.format)} ${report.unreadable[0].line}: ${report.unreadable[0].reason}` : ''}.`,
    );
  return {
    task,
    bothStrands: !oneStrand,
    structure: table.columns[structure.index].name,
    notes: [...table.notes, ...joined, ...notes],
    sequences,
    report,
  };
}

/** What happened to the rows. */
export function dnaRowLines(
  { rows, kept, families, withoutValue, unreadable, badValues, duplicates }: SequenceReport,
  { task, bothStrands }: Pick<DnaTable, 'task' | 'bothStrands'>,
  place: string,
): string[] {
  const some = (count: number, line: string) => (count === 0 ? [] : [line]);
  return [
    `${rows} rows: ${kept} different sequences with a value of ${quantityText(task)}, in ${families} families that share no 25 consecutive bases.`,
    bothStrands
      ? 'A sequence and its reverse complement count as the same.'
      : 'The strand matters: a sequence and its reverse complement count as two.',
    ...some(withoutValue, `${withoutValue} rows have no value.`),
    ...some(unreadable.length, `${unreadable.length} sequences are unusable: ${problemText(unreadable, place)}.`),
    ...some(badValues.length, `${badValues.length} cells cannot be used: ${problemText(badValues, place)}.`),
    ...some(duplicates, `${duplicates} rows repeat a sequence: the mean of its values is learnt.`),
  ];
}

export interface DnaTrainingOptions {
  readonly seed: number;
  readonly wanted: 'higher' | 'lower';
  readonly epochs?: number;
  readonly onProgress: (share: number) => void;
}

/** @throws InputError if there are too few sequences to hold any out */
export function trainDnaTable(
  table: Table,
  { task, bothStrands, structure, sequences, report }: DnaTable,
  { seed, wanted, epochs, onProgress }: DnaTrainingOptions,
): Promise<UserDnaTraining> {
  if (sequences.length < FEWEST_TO_TRY || report.families < 2)
    throw new InputError(
      `${table.file}: ${tooLittle(sequences.length, report.families, null, sequenceWords).join(' ')}`,
    );
  if (new Set(sequences.map(({ value }) => value)).size === 1)
    throw new InputError(
      `${table.file}: all sequences have the same value of ${task.name}, so there is nothing to learn.`,
    );
  const device = openDevice('cpu', { threads: DNA_THREADS, load: createRequire(import.meta.url) });
  const history = {
    data: basename(table.file),
    dataSha256: sha256(readFileSync(table.file)),
    structure,
    rows: report,
    software: version,
  };
  return trainUserDna(
    sequences,
    { task, wanted, bothStrands, seed, ...(epochs !== undefined && { epochs }), history },
    device,
    onProgress,
  );
}

/** Least share of a column's cells that must name records of the FASTA file. */
const MOSTLY = 0.5;

/**
 * Adds a column with the sequences that a FASTA file has under the names in one of the table's columns.
 * @throws InputError if no column names them
 */
export async function withSequences(table: Table, fasta: string): Promise<Table> {
  const named = await sequencesByName(fasta);
  const hits = table.columns.map((_, i) => table.rows.filter(({ cells }) => named.has((cells[i] ?? '').trim())).length);
  const best = hits.indexOf(Math.max(...hits));
  const [first] = named.keys();
  if (hits[best] === 0 || hits[best] < MOSTLY * table.rows.length)
    throw new InputError(
      `No column of ${table.file} holds the names of the records in ${fasta}, such as "${first ?? ''}". The best column matches ${hits[best]} of ${table.rows.length} rows.`,
    );
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    cells: [...Array.from(table.columns, (_, i) => cells[i] ?? ''), named.get((cells[best] ?? '').trim()) ?? ''],
  }));
  const column: Column = {
    name: freeName(table),
    unit: '',
    kind: 'dna',
    filled: hits[best],
    distinct: Math.min(100, named.size),
    examples: rows.slice(0, 3).map(({ cells }) => cells.at(-1)!),
    style: { decimalComma: false },
  };
  const missing = table.rows.length - hits[best];
  const notes = [
    `The sequences come from ${fasta}, matched by the names in "${table.columns[best].name}".`,
    ...(missing === 0 ? [] : [`${missing} rows have no sequence there.`]),
  ];
  return { ...table, columns: [...table.columns, column], rows, notes: [...table.notes, ...notes] };
}

function freeName({ columns }: Table): string {
  const taken = new Set(columns.map(({ name }) => name));
  return ['sequence', 'sequence of FASTA', ...columns.map((_, i) => `sequence (${i + 2})`)].find(
    (name) => !taken.has(name),
  )!;
}
