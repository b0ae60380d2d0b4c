import { beforeEach, expect, test } from 'vitest';
import type { HostState } from '../../contract/shell.ts';
import type { RequestFrame } from '../../contract/wire.ts';
import { type RunSummary, RunWatch } from '../../electron/run-watch.ts';

const run = (id: number, state: RunSummary['state'], round = 1): RunSummary => ({
  id,
  designId: 1,
  design: 'Small',
  state,
  method: 'iterative',
  seed: 0,
  round,
  rounds: 4,
  firstExpertRound: 1,
  scored: 0,
  valid: 0,
  unique: 0,
  best: null,
  created: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:00Z',
  seconds: 0,
  secondsLeft: null,
  device: 'CPU',
  message: null,
});

let sent: RequestFrame[];
let running: number[][];
let ended: number[];
let watch: RunWatch;

beforeEach(() => {
  sent = [];
  running = [];
  ended = [];
  watch = new RunWatch((frame) => sent.push(frame), {
    changed: (runs) => running.push(runs.map(({ id }) => id)),
    ended: ({ id }) => ended.push(id),
  });
});

const become = (status: HostState['status']): void => watch.hostChanged({ status, retryAt: null });
const asked = (method: string) => sent.filter((frame) => frame.kind === 'invoke' && frame.method === method);
const hear = (event: RunSummary): boolean =>
  watch.fromHost({ kind: 'event', id: sent.find(({ kind }) => kind === 'subscribe')?.id ?? -1, event });
const list = (runs: RunSummary[]): boolean =>
  watch.fromHost({ kind: 'result', id: asked('run.list').at(-1)?.id ?? -1, ok: true, value: runs });

test('an answer to the page is left to the relay', () => {
  become('open');
  expect(watch.fromHost({ kind: 'result', id: 1, ok: true, value: {} })).toBe(false);
  expect(list([])).toBe(true);
});

test('it knows the runs that train, and tells the end of each once', () => {
  become('open');
  list([run(1, 'running'), run(2, 'finished')]);
  hear(run(3, 'running'));
  hear(run(1, 'finished'));
  hear(run(1, 'finished'));
  hear(run(3, 'paused'));
  expect(running.at(-1)).toEqual([]);
  expect(running).toContainEqual([1, 3]);
  expect(ended).toEqual([1]);
});

test('a run that the host left continues with the next one, unless it got no further', () => {
  become('open');
  list([run(1, 'running'), run(2, 'interrupted')]);
  for (const round of [3, 3, 4]) {
    become('lost');
    become('open');
    list([run(1, 'interrupted', round), run(2, 'interrupted')]);
    hear(run(1, 'running', round));
  }
  expect(asked('run.resume')).toMatchObject([{ params: { runId: 1 } }, { params: { runId: 1 } }]);
});

test('nothing continues in another workspace', () => {
  become('open');
  list([run(1, 'running')]);
  become('lost');
  watch.forget();
  become('open');
  list([run(1, 'interrupted')]);
  expect(asked('run.resume')).toEqual([]);
});
