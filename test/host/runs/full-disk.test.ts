/**
 * @file A run on a disk that fills up: a clear message, nothing lost, and the same end once there is room. Needs the
 * right to mount a tmpfs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { close, dumpForComparison, openForReading } from '../../../db/index.ts';
import { amalgam, designFile, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const disk = join(folder, 'disk');

/** @returns whether a disk of 3 MB could be mounted */
function mounted(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const canMount = process.platform === 'linux' && mounted();
afterAll(() => {
  if (canMount) execFileSync('umount', [disk]);
});

function digest(path: string): unknown {
  const db = openForReading(path);
  try {
    return dumpForComparison(db, 1);
  } finally {
    close(db);
  }
}

it.skipIf(!canMount)('says so, keeps every finished round, and goes on when there is room', async () => {
  const run = (workspace: string, ...more: string[]) =>
    amalgam(['design', ...more, '--workspace', workspace, '--device', 'cpu']);
  const [small, large] = [join(disk, 'w.amalgam'), join(folder, 'w.amalgam')];
  const failed = await run(small, designFile(folder), '--seed', '4');
  expect(failed).toMatchObject({ code: 1, err: expect.stringContaining(`The disk of ${small} is full.`) });
  expect(failed.err).toMatch(/To continue: amalgam design --resume 1/);
  execFileSync('mount', ['-o', 'remount,size=40m', disk]);
  expect(await run(small, '--resume', '1')).toMatchObject({ code: 0 });
  expect(await run(large, designFile(folder), '--seed', '4')).toMatchObject({ code: 0 });
  expect(digest(small)).toEqual(digest(large));
});
