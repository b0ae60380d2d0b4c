/** @file What steering keeps: blends with names, surfaces that grow setting by setting. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  addSurfaceSetting,
  blendOutcome,
  close,
  commitBlend,
  commitRound,
  deleteDesign,
  getBlend,
  latestSurface,
  nameBlend,
  namedBlends,
  NotFoundError,
  openForWriting,
  openSurface,
  purgeDesigns,
  type WritableWorkspace,
} from '../../db/index.ts';
import { candidate, sample, sampleRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ethanol = candidate('CCO', [0.4, 0.2]);
const phenol = candidate('Oc1ccccc1', [0.5, 0.8]);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let db: WritableWorkspace;
let runId: number;
beforeEach(() => {
  db = openForWriting(join(temporaryFolder(), 'lab.amalgam'));
  runId = sampleRun(db);
  commitRound(db, sampleRound(runId, 0, [phenol]));
  commitRound(db, sampleRound(runId, 1, [phenol]));
});
afterEach(() => close(db));

const blend = (seed: number): number =>
  commitBlend(db, {
    runId,
    round: 1,
    weights: [0.9, 0.1],
    reach: 1,
    mergedKey: sha256('blend'),
    seed,
    sampler: {},
    samples: [sample('CCO'), sample('x', null), sample('CCO')],
    candidates: [ethanol],
  });

describe('blends with names', () => {
  it('are listed newest first, renamed, let go and named again with all that they made', () => {
    const [one, other] = [blend(1), blend(2)];
    expect(namedBlends(db, runId)).toEqual([]);
    expect([nameBlend(db, one, 'Greasy'), nameBlend(db, other, 'Dry 💧')]).toEqual([true, true]);
    expect(namedBlends(db, runId).map(({ id, name }) => [id, name])).toEqual([
      [other, 'Dry 💧'],
      [one, 'Greasy'],
    ]);
    expect(nameBlend(db, one, null)).toBe(true);
    expect(namedBlends(db, runId)).toHaveLength(1);
    expect(nameBlend(db, one, 'Greasy')).toBe(true);
    expect(getBlend(db, one)).toMatchObject({ runId, seed: 1, weights: [0.9, 0.1], name: 'Greasy' });
    // The first blend found ethanol; to the second it was known.
    expect([one, other].map((id) => blendOutcome(db, id))).toMatchObject([
      { sampled: 3, valid: 2, unique: 1, known: 0 },
      { sampled: 3, valid: 2, unique: 1, known: 1 },
    ]);
  });

  it('have names of their own in a run', () => {
    const [one, other] = [blend(1), blend(2)];
    nameBlend(db, one, 'Lead');
    expect(nameBlend(db, other, 'Lead')).toBe(false);
    expect(nameBlend(db, one, 'Lead')).toBe(true);
    expect(() => nameBlend(db, 99, 'Lead')).toThrow(NotFoundError);
    expect(() => blendOutcome(db, 99)).toThrow('There is no blend 99');
  });
});

describe('a surface', () => {
  const plan = () => ({ runId, round: 1, settings: 3, samples: 20, seed: 1, reach: 4 });
  const setting = (number: number) => ({
    number,
    weights: [number / 2, 1 - number / 2],
    mergedKey: sha256(String(number)),
    figures: { valid: 1 },
  });

  it('is made once for a plan, goes on where it was left, and the one begun last is the latest', () => {
    expect(latestSurface(db, runId)).toBeNull();
    const { id } = openSurface(db, plan());
    addSurfaceSetting(db, id, setting(2));
    addSurfaceSetting(db, id, setting(0));
    const again = openSurface(db, plan());
    expect(again).toMatchObject({ id, ...plan(), measured: [setting(0), setting(2)] });
    const other = openSurface(db, { ...plan(), seed: 2 });
    expect(other.id).not.toBe(id);
    expect(latestSurface(db, runId)).toMatchObject({ id: other.id, measured: [] });
    expect(openSurface(db, { ...plan(), reach: 1 })).toMatchObject({ reach: 1, measured: [] });
    expect(() => addSurfaceSetting(db, id, setting(2))).toThrow('UNIQUE');
  });

  it('is the latest again when its measurement continues', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-01T12:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const { id } = openSurface(db, plan());
    openSurface(db, { ...plan(), reach: 1 });
    vi.advanceTimersByTime(1);
    openSurface(db, plan());
    expect(latestSurface(db, runId)).toMatchObject({ id, reach: 4 });
  });

  it('goes with its run', () => {
    addSurfaceSetting(db, openSurface(db, plan()).id, setting(0));
    deleteDesign(db, 1);
    purgeDesigns(db);
    expect(
      db.connection
        .prepare('SELECT (SELECT count(*) FROM surface) + (SELECT count(*) FROM surface_setting) AS n')
        .get(),
    ).toEqual({ n: 0 });
  });
});
