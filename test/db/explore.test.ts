import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceCodes } from '../../db/explore.ts';
import {
  candidateColumns,
  candidateDetail,
  close,
  commitRound,
  numbersWithText,
  openForWriting,
  starAll,
  starredNumbers,
  topCandidates,
  unstarAll,
  type WritableWorkspace,
} from '../../db/index.ts';
import { sampleRun, scriptedRound } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

let db: WritableWorkspace;
let runId: number;
beforeEach(() => {
  db = openForWriting(join(temporaryFolder(), 'explore.amalgam'));
  runId = sampleRun(db);
  for (const number of [0, 1, 2]) commitRound(db, scriptedRound(runId, number));
});
afterEach(() => close(db));

it('gives the columns of any stretch, equal to the candidates’ own rows', () => {
  const columns = candidateColumns(db, runId, 290, 20, 1);
  expect([columns.count, columns.from, columns.ids.length, columns.aggregate]).toEqual([800, 290, 20, 'arithmetic']);
  columns.ids.forEach((id, i) => {
    const detail = candidateDetail(db, id);
    const missing = (value: number | null) => (value === null ? NaN : Math.fround(value));
    expect(detail.number).toBe(290 + i);
    expect([0, 1].map((goal) => columns.raw[goal][i])).toEqual(detail.raw.map(missing));
    expect([0, 1].map((goal) => columns.scores[goal][i])).toEqual(detail.scores.map(missing));
    expect([columns.limits[0][i], columns.round[i], columns.step[i], columns.length[i]]).toEqual([
      0,
      detail.round,
      detail.step,
      detail.sequence.length,
    ]);
    expect(columns.source[i]).toBe(detail.round === 0 ? sourceCodes.prior : detail.expert);
    expect(columns.feasible[i]).toBe(1);
  });
  expect(candidateColumns(db, runId, 800, 10, 1).ids).toHaveLength(0);
  expect(() => candidateColumns(db, 99, 0, 10, 1)).toThrow(/99/);
});

it('finds text with its capitals, stars many, and gives notes back', () => {
  expect([...numbersWithText(db, runId, 'C79')]).toEqual([79, ...Array.from({ length: 10 }, (_, i) => 790 + i)]);
  expect([...numbersWithText(db, runId, 'c79')]).toEqual([]);
  const ids = [...candidateColumns(db, runId, 0, 4, 1).ids];
  expect(starAll(db, [{ candidateId: ids[0], note: 'first' }])).toEqual([ids[0]]);
  expect(
    starAll(
      db,
      ids.map((candidateId) => ({ candidateId, note: '' })),
    ),
  ).toEqual(ids.slice(1));
  expect([...starredNumbers(db, runId)]).toEqual([0, 1, 2, 3]);
  expect(unstarAll(db, ids.slice(0, 2))).toEqual([
    { candidateId: ids[0], note: 'first', rating: null, tags: [], place: null },
    { candidateId: ids[1], note: '', rating: null, tags: [], place: null },
  ]);
  expect([...starredNumbers(db, runId)]).toEqual([2, 3]);
  expect(() =>
    starAll(db, [
      { candidateId: ids[0], note: '' },
      { candidateId: 9999, note: '' },
    ]),
  ).toThrow(/9999/);
  expect([...starredNumbers(db, runId)]).toEqual([2, 3]);
});

it('ranks the given candidates alone', () => {
  const ids = [...candidateColumns(db, runId, 10, 5, 1).ids];
  const { count, candidates } = topCandidates(db, runId, { by: 'total', limit: 3, ids });
  expect([count, candidates.length]).toEqual([5, 3]);
  expect(ids).toEqual(expect.arrayContaining(candidates.map(({ id }) => id)));
  expect(() => topCandidates(db, runId, { by: 'total', limit: 3, ids: [9999] })).toThrow(/9999/);
});
