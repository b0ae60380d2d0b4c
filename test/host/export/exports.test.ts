/** @file Files with structures in space: told while they are made, one at a time, stopped without a trace. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExportState, topicSchemas } from '../../../contract/api.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { fillRun } from '../../fill-run.ts';
import { temporaryFolder } from '../tools.ts';

let host: Host;
let runId: number;
const told: ExportState[] = [];
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  runId = fillRun(host.context.db, 400);
  host.subscribe('export', {}, (event) => told.push(topicSchemas.export.event.parse(event)));
});
afterAll(() => host.close());

const inSpace = (top: number) => host.call('export.make', { runId, format: 'sdf3d', top });

/** Resolves when so many molecules are done. */
const untilDone = (count: number) =>
  new Promise<void>((resolve) => {
    const end = host.subscribe('export', {}, (event) => {
      const one = topicSchemas.export.event.parse(event);
      if (one.state !== 'running' || one.done < count) return;
      end();
      resolve();
    });
  });

it('says how many of how many are done, in order, and then that none is made', async () => {
  const { content, count, leftOut } = await inSpace(6);
  expect(content.match(/\$\$\$\$/g)).toHaveLength(count);
  expect(count + leftOut.length).toBe(6);
  expect(told.map((one) => (one.state === 'running' ? `${one.runId}: ${one.done} of ${one.of}` : 'none'))).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6].map((done) => `1: ${done} of 6`),
    'none',
  ]);
  const times = told.flatMap((one) => (one.state === 'running' ? [one.secondsLeft] : []));
  expect(times).toEqual([null, null, null, null, null, expect.any(Number), 0]);
  expect(await host.call('export.state', {})).toEqual({ state: 'none' });
}, 60_000);

it('is made one at a time, while others are answered, and can be stopped', async () => {
  const [begun, stopped] = [untilDone(2), inSpace(300)];
  const ending = expect(stopped).rejects.toMatchObject({
    code: 'cancelled',
    message: expect.stringContaining('No file was written'),
  });
  await begun;
  expect(await host.call('export.state', {})).toMatchObject({ state: 'running', runId, of: 300 });
  await expect(inSpace(2)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('of run 1 is in progress'),
  });
  // What another view asks of the same threads does not wait for the whole file.
  expect((await host.call('space.fingerprints', { runId, from: 0, limit: 10 })).count).toBe(400);
  expect((await host.call('export.make', { runId, format: 'sdf', top: 2 })).count).toBe(2);
  expect(await host.call('export.state', {})).toMatchObject({ state: 'running' });
  await host.call('export.cancel', {});
  await ending;
  expect(await host.call('export.state', {})).toEqual({ state: 'none' });
  expect((await inSpace(1)).leftOut.length).toBeLessThanOrEqual(1);
}, 120_000);

it('has nothing to stop where none is made', async () => {
  expect(await host.call('export.cancel', {})).toEqual({ state: 'none' });
});
