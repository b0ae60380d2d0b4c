/** @file A run's candidates as growing typed arrays, indexed by the candidate's number, its order of discovery. */
import type { CandidateColumns } from '../../../contract/api.ts';
import { bytesOf } from '../../lib/base64.ts';

/** An immutable snapshot of all columns. Missing values are NaN. */
export interface Table {
  readonly count: number;
  readonly ids: Int32Array;
  readonly round: Int32Array;
  readonly step: Int32Array;
  readonly source: Int32Array;
  readonly scaffold: Int32Array;
  readonly length: Int32Array;
  readonly feasible: Uint8Array;
  readonly raw: readonly Float32Array[];
  readonly scores: readonly Float32Array[];
  readonly limits: readonly Float32Array[];
}

export const emptyTable: Table = {
  ...{ count: 0, ids: new Int32Array(), round: new Int32Array(), step: new Int32Array(), source: new Int32Array() },
  ...{
    scaffold: new Int32Array(),
    length: new Int32Array(),
    feasible: new Uint8Array(),
    raw: [],
    scores: [],
    limits: [],
  },
};

type Column = Int32Array | Float32Array | Uint8Array;

/**
 * The table with a batch appended. Buffers have spare capacity, so that long tables are not copied every round.
 * @throws RangeError if the batch does not start at the end of the table
 */
export function appended(table: Table, stretch: CandidateColumns): Table {
  if (stretch.from !== table.count)
    throw new RangeError(`Candidates from ${stretch.from} on do not follow ${table.count}.`);
  const joined = (column: Int32Array, text: string): Int32Array =>
    join(column, new Int32Array(bytesOf(text)), Int32Array);
  const all = (columns: readonly Float32Array[], texts: readonly string[]): Float32Array[] =>
    texts.map((text, i) => join(columns[i] ?? new Float32Array(), new Float32Array(bytesOf(text)), Float32Array));
  const ids = joined(table.ids, stretch.ids);
  return {
    ...{
      count: ids.length,
      ids,
      round: joined(table.round, stretch.round),
      step: joined(table.step, stretch.step),
      source: joined(table.source, stretch.source),
    },
    ...{ scaffold: joined(table.scaffold, stretch.scaffold), length: joined(table.length, stretch.length) },
    feasible: join(table.feasible, new Uint8Array(bytesOf(stretch.feasible)), Uint8Array),
    ...{
      raw: all(table.raw, stretch.raw),
      scores: all(table.scores, stretch.scores),
      limits: all(table.limits, stretch.limits),
    },
  };
}

/** Writes past the column's end if its buffer has capacity. Views of the shorter column do not reach there. */
function join<T extends Column>(
  column: T,
  tail: T,
  Kind: { new (length: number): T; new (buffer: ArrayBufferLike, offset: number, length: number): T },
): T {
  const length = column.length + tail.length;
  const room = column.byteOffset === 0 && column.buffer.byteLength >= length * column.BYTES_PER_ELEMENT;
  const whole = room
    ? new Kind(column.buffer, 0, column.buffer.byteLength / column.BYTES_PER_ELEMENT)
    : new Kind(Math.max(1024, length + (length >> 1)));
  if (!room) whole.set(column as never);
  whole.set(tail as never, column.length);
  return new Kind(whole.buffer, 0, length);
}
