/** @file What is said of records that were left out. */
import type { StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import type { IntakeRecord } from './types.ts';

/** Problems that are listed. */
const NAMED = 5;

/** The first problems with their places. */
export function problemText(list: readonly StructureProblem[], place: string): string {
  const first = list
    .slice(0, NAMED)
    .map(
      ({ line, text, reason }) =>
        `${place} ${line}${text === '' || reason.includes(text) ? '' : ` "${text}"`}: ${reason}`,
    );
  return `${first.join('; ')}${list.length > NAMED ? '; ...' : ''}`;
}

/** "2 sequences were left out: record 3 "x": ..." */
export function leftOutText(list: readonly StructureProblem[], place: string): string {
  return `${list.length} ${list.length === 1 ? 'sequence was' : 'sequences were'} left out: ${problemText(list, place)}.`;
}

/** Records with names; those without one are numbered. */
export async function* numbered(records: AsyncIterable<IntakeRecord>): AsyncGenerator<IntakeRecord> {
  let number = 0;
  for await (const record of records) {
    number++;
    yield { ...record, name: record.name || `sequence-${number}` };
  }
}
