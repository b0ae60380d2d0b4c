/**
 * Scores of a file's sequences as a table, one row per input line or record, in
 * order and in constant memory: a few batches are scored at a time, and the next one
 * is read when one is written.
 */
import type { RawScores, ScoredSequence, ScoreSequences } from '../../engine/objectives/types.ts';
import { csvLine } from '../export/csv.ts';
import type { OpenRecords } from '../intake/records.ts';
import type { IntakeRecord } from '../intake/types.ts';

/** Sequences per batch. */
export const SCORE_BATCH = 512;
/** Batches scored at a time: while one is written, the workers score the next. */
const BATCHES = 2;

export interface ScoreFileRequest {
  readonly input: Pick<OpenRecords, 'records' | 'share'>;
  /** Names of the objectives' columns. */
  readonly columns: readonly string[];
  readonly score: ScoreSequences;
  /** Columns computed from a row's raw values; they follow the columns of the objectives. */
  readonly derived?: {
    readonly columns: readonly string[];
    readonly of: (raw: RawScores) => readonly (number | null)[];
  };
  readonly write: (text: string) => Promise<void>;
  /** @param share of the file that is done; null if its size is unknown */
  readonly progress: (lines: number, share: number | null) => void;
}

export interface ScoreCounts {
  readonly lines: number;
  readonly valid: number;
  /** Rows of valid sequences with an empty score. */
  readonly incomplete: number;
}

const NOTHING_DERIVED: NonNullable<ScoreFileRequest['derived']> = { columns: [], of: () => [] };

/** The columns are: the sequence, its name, the objectives, and why a row is empty or incomplete, or a remark. */
export async function scoreFile({
  input,
  columns,
  score,
  derived = NOTHING_DERIVED,
  write,
  progress,
}: ScoreFileRequest): Promise<ScoreCounts> {
  const counts = { lines: 0, valid: 0, incomplete: 0 };
  let read = 0;
  const underWay: Promise<Row[]>[] = [];
  const finishOldest = async () => {
    const rows = await underWay.shift()!;
    await write(rows.map(({ cells }) => csvLine(cells)).join(''));
    counts.lines += rows.length;
    counts.valid += rows.filter(({ valid }) => valid).length;
    counts.incomplete += rows.filter(({ valid, reason }) => valid && reason.startsWith(NO_VALUE)).length;
    const share = input.share();
    progress(counts.lines, share && (share * counts.lines) / read);
  };
  await write(csvLine(['sequence', 'name', ...columns, ...derived.columns, 'reason']));
  for await (const batch of batches(input.records)) {
    read += batch.length;
    underWay.push(begun(rowsOf(batch, columns, score, derived.of)));
    if (underWay.length >= BATCHES) await finishOldest();
  }
  while (underWay.length > 0) await finishOldest();
  return counts;
}

/** Whoever awaits the rows sees a failure; until then it must not count as unhandled. */
function begun(rows: Promise<Row[]>): Promise<Row[]> {
  rows.catch(() => undefined);
  return rows;
}

async function* batches(records: AsyncIterable<IntakeRecord>): AsyncGenerator<IntakeRecord[]> {
  let batch: IntakeRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < SCORE_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface Row {
  readonly cells: readonly (string | number | null)[];
  readonly valid: boolean;
  readonly reason: string;
}

async function rowsOf(
  batch: readonly IntakeRecord[],
  columns: readonly string[],
  score: ScoreSequences,
  derive: (raw: RawScores) => readonly (number | null)[],
): Promise<Row[]> {
  const scored = await score(batch.map(({ text, problem }) => (problem === undefined ? text : '')));
  return scored.map((one, i) => {
    const { text, name, problem } = batch[i];
    const reason = problem ?? reasonOf(one, columns);
    return { cells: [text, name, ...one.raw, ...derive(one.raw), reason], valid: one.canonical !== null, reason };
  });
}

const NO_VALUE = 'no value for';
/** Predictors and descriptors give numbers for an atom that may be anything. */
const WILDCARD = 'has a wildcard atom (*), which counts as an atom of its own kind';

function reasonOf({ canonical, raw, reason = 'not valid', form }: ScoredSequence, columns: readonly string[]): string {
  if (canonical === null) return reason;
  const missing = columns.filter((_, i) => raw[i] === null);
  const lacking = missing.length === 0 ? [] : [`${NO_VALUE} ${missing.join(', ')}`];
  const remarks = [
    ...(form === undefined ? [] : [`predicted as ${form}`]),
    ...(canonical.includes('*') ? [WILDCARD] : []),
  ];
  return [...lacking, ...remarks].join('; ');
}
