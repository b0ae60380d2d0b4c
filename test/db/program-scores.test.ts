/** @file What programs answered: kept by program and sequence, null included, across handles. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { close, keepProgramScores, knownProgramScores, openForReading, openForWriting } from '../../db/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const [one, other] = ['1'.repeat(64), '2'.repeat(64)];

it('keeps first answers by program', () => {
  const path = join(temporaryFolder(), 'w.amalgam');
  const db = openForWriting(path);
  expect(knownProgramScores(db, one, ['C']).size).toBe(0);
  keepProgramScores(
    db,
    one,
    new Map([
      ['C', 0.5],
      ['CC', null],
    ]),
  );
  keepProgramScores(
    db,
    one,
    new Map([
      ['C', 9],
      ['CCC', 1e-300],
    ]),
  );
  close(db);
  const again = openForReading(path);
  expect([...knownProgramScores(again, one, ['CCC', 'C', 'N', 'CC'])]).toEqual([
    ['CCC', 1e-300],
    ['C', 0.5],
    ['CC', null],
  ]);
  expect(knownProgramScores(again, other, ['C']).size).toBe(0);
  close(again);
});
