/** @file Candidates of many runs merged in a scratch file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CandidateMerge, type FoundCandidate } from '../../db/merge.ts';
import { temporaryFolder } from './temporary-folder.ts';

const file = join(temporaryFolder(), 'scratch');
const found = (key: string, run: string, total: number | null): FoundCandidate => ({
  ...{ key, run, total },
  sequence: `${key} as ${run} writes it`,
  values: JSON.stringify({ run }),
});

it('keeps each key once, as the run of its best total has it, with all runs', () => {
  const merge = new CandidateMerge(file);
  merge.add([found('b', 'r2', 0.2), found('a', 'r2', 0.5), found('c', 'r2', null), found('b', 'r2', 0.1)]);
  merge.add([found('b', 'r1', 0.7), found('d', 'r1', 0.5)]);
  expect(
    [...merge.merged()].map(({ key, total, bestRun, runs, values }) => [key, total, bestRun, runs, values]),
  ).toEqual([
    ['b', 0.7, 'r1', ['r1', 'r2'], '{"run":"r1"}'],
    ['a', 0.5, 'r2', ['r2'], '{"run":"r2"}'],
    ['d', 0.5, 'r1', ['r1'], '{"run":"r1"}'],
    ['c', null, 'r2', ['r2'], '{"run":"r2"}'],
  ]);
  expect(existsSync(file)).toBe(true);
  merge.dispose();
  expect(existsSync(file)).toBe(false);
});
