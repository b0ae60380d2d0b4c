import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { dropUnreferencedBlobs } from '../../db/blobs.ts';
import { close, dumpForComparison, loadResumePoint, openForWriting } from '../../db/index.ts';
import { bundleScript, killHard, startScript } from './other-process.ts';
import { runRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 30;

/** Goes on from the last committed round to the last but never closes: it is killed. */
const body = `
const workspace = db.openForWriting(process.argv[2]);
const point = db.loadResumePoint(workspace, 1);
console.log('going on');
for (let number = point ? point.number + 1 : 0; number < ${rounds}; number++) sample.runRound(workspace, 1, number);
setInterval(() => workspace, 1000);
`;

it('a run killed again and again ends like one that never was', async () => {
  const folder = temporaryFolder();
  const whole = openForWriting(join(folder, 'whole.amalgam'));
  sampleRun(whole);
  for (let number = 0; number < rounds; number++) runRound(whole, 1, number);

  const path = join(folder, 'killed.amalgam');
  const fresh = openForWriting(path);
  sampleRun(fresh);
  close(fresh);
  const script = await bundleScript(folder, body);
  for (const delay of [5, 0, 20, 60, 10, 35]) {
    const child = await startScript(script, path);
    await wait(delay);
    await killHard(child);
  }
  const killed = openForWriting(path);
  const resumed = loadResumePoint(killed, 1);
  for (let number = resumed ? resumed.number + 1 : 0; number < rounds; number++) runRound(killed, 1, number);
  expect(dropUnreferencedBlobs(killed)).toBe(0);
  expect(dumpForComparison(killed, 1)).toEqual(dumpForComparison(whole, 1));
  expect(killed.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  close(killed);
  close(whole);
});
