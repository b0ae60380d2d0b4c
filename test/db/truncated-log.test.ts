/**
 * @file What a power failure may leave: a write-ahead log that ends anywhere. The workspace opens with its last whole
 * round, is sound, and ends like one that was never cut.
 */
import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { close, dumpForComparison, loadResumePoint, openForWriting } from '../../db/index.ts';
import { runRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 6;
const cuts = 24;

it('a log that was cut anywhere loses rounds but no part of one', () => {
  const folder = temporaryFolder();
  const whole = openForWriting(join(folder, 'whole.amalgam'));
  sampleRun(whole);
  close(whole);
  const writing = openForWriting(whole.path);
  for (let number = 0; number < rounds; number++) runRound(writing, 1, number);
  // While it is open, its rounds are in the log alone.
  const size = statSync(`${whole.path}-wal`).size;
  const reached = new Set<number>();
  for (let cut = 0; cut < cuts; cut++) {
    const path = join(folder, `cut-${cut}.amalgam`);
    copyFileSync(whole.path, path);
    copyFileSync(`${whole.path}-wal`, `${path}-wal`);
    // Not at the ends of pages, too.
    truncateSync(`${path}-wal`, Math.floor((size * cut) / cuts) + 7 * cut);
    const db = openForWriting(path);
    expect(db.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const last = loadResumePoint(db, 1)?.number ?? -1;
    reached.add(last);
    for (let number = last + 1; number < rounds; number++) runRound(db, 1, number);
    expect(dumpForComparison(db, 1)).toEqual(dumpForComparison(writing, 1));
    close(db);
  }
  expect(reached.size).toBeGreaterThan(3);
  close(writing);
});
