/** @file Candidates made by hand as the columns of the Explore view. */
import {
  type Candidate,
  type CandidateColumns,
  fingerprintBytes,
  type FingerprintRows,
  type Parsed,
} from '../../contract/api.ts';

function base64(values: Int32Array | Float32Array | Uint8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

const ints = (values: readonly number[]): string => base64(Int32Array.from(values));
const floats = (values: readonly (number | null)[]): string =>
  base64(Float32Array.from(values, (value) => value ?? NaN));
const turned = (list: readonly (readonly (number | null)[])[], columns: number): string[] =>
  Array.from({ length: columns }, (_, i) => floats(list.map((values) => values[i])));

/**
 * A batch of a run's candidates as the host sends it.
 * @param at the candidate of a number
 */
export function columnsOf(
  count: number,
  { from, limit }: Pick<Parsed<'explore.columns'>, 'from' | 'limit'>,
  at: (number: number) => Candidate,
): CandidateColumns {
  const numbers = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, i) => from + i);
  const list = numbers.map(at);
  return {
    ...{ count, from, aggregate: 'arithmetic' },
    ids: ints(list.map(({ id }) => id)),
    round: ints(list.map(({ round }) => round)),
    step: ints(list.map(({ round }) => round * 4)),
    source: ints(numbers.map((number) => (number % 5) - 1)),
    scaffold: ints(numbers.map((number) => number % 17)),
    length: ints(list.map(({ sequence }) => sequence.length)),
    feasible: base64(Uint8Array.from(numbers, (number) => Number(number % 7 > 0))),
    raw: turned(
      list.map(({ raw }) => raw),
      4,
    ),
    scores: turned(
      list.map(({ scores }) => scores),
      4,
    ),
    limits: turned(
      list.map(({ constraints }) => constraints),
      1,
    ),
  };
}

/** The numbers as the host sends them. */
export const sentNumbers = (numbers: readonly number[]): { numbers: string } => ({ numbers: ints(numbers) });

/** Bits in which near numbers agree. */
export function fingerprintsOf(count: number, from: number, limit: number): FingerprintRows {
  const bits = 8 * fingerprintBytes.bits;
  const rows = new Uint8Array(fingerprintBytes.bits * Math.max(0, Math.min(limit, count - from)));
  for (let i = 0; i < rows.length / fingerprintBytes.bits; i++) {
    for (let k = 0; k < 20; k++) {
      const bit = (Math.floor((from + i) / (k + 1)) * 37 + k * 51) % bits;
      rows[i * fingerprintBytes.bits + (bit >> 3)] |= 1 << (bit & 7);
    }
  }
  return { count, from, kind: 'bits', rows: base64(rows) };
}
