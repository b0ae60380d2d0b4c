import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropUnreferencedBlobs, hasBlob } from '../../db/blobs.ts';
import { RoundOrderError } from '../../db/errors.ts';
import { countFigures } from '../../db/figures.ts';
import {
  archiveDesign,
  blendOutcome,
  candidateDetail,
  candidatesById,
  close,
  commitBlend,
  commitRound,
  countBlends,
  deleteDesign,
  discardPrewrittenBlobs,
  dropSuperseded,
  dumpForComparison,
  finalFigures,
  getBlend,
  getDesign,
  getRun,
  getRunWithCounts,
  latestExperts,
  listDesigns,
  listRuns,
  loadResumePoint,
  NotFoundError,
  openForWriting,
  prewriteBlob,
  purgeDesigns,
  restoreDesign,
  samplesOf,
  scoreFigures,
  shortlist,
  star,
  unstar,
  updateRunState,
  type WritableWorkspace,
} from '../../db/index.ts';
import { bytes, candidate, sample, sampleRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const aspirin = candidate('CC(=O)Oc1ccccc1C(=O)O', [0.55, 1]);
const ethanol = candidate('CCO', [0.4, null], { scaffold: '', feasible: false, constraints: [null] });
const phenol = candidate('Oc1ccccc1', [0.5, 0.8]);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let db: WritableWorkspace;
let runId: number;
beforeEach(() => {
  db = openForWriting(join(temporaryFolder(), 'lab.amalgam'));
  runId = sampleRun(db);
});
afterEach(() => close(db));

const rows = (table: string) => db.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('commitRound', () => {
  it('stores each sample, valid or not, and each candidate once', () => {
    const { discovered } = commitRound(db, sampleRound(runId, 1, [aspirin, ethanol]));
    expect(discovered).toBe(2);
    expect(rows('sample')).toBe(6);
    expect(rows('candidate')).toBe(2);
    const [first, , invalid] = samplesOf(db, runId, { round: 1, expert: 1 }, { limit: 10 });
    expect(first).toMatchObject({
      round: 1,
      step: 1,
      expert: 1,
      slot: 0,
      text: aspirin.sequence,
      logLikelihood: -12.5,
      priorLogLikelihood: -14.25,
    });
    expect(invalid).toMatchObject({ text: 'C1CC', candidateId: null, reward: 0 });
  });

  it('stores of which sequences a sample is a child', () => {
    const round = sampleRound(runId, 1, [aspirin]);
    const made = { ...sample(phenol.sequence), parents: [aspirin.sequence, 'CCO'], logLikelihood: null };
    const [first, ...others] = round.rollouts;
    const samples = [...first.samples, made];
    commitRound(db, { ...round, rollouts: [{ ...first, samples }, ...others], candidates: [aspirin, phenol] });
    expect(candidateDetail(db, 1).parents).toBeNull();
    expect(candidateDetail(db, 2)).toMatchObject({ parents: [aspirin.sequence, 'CCO'], logLikelihood: null });
  });

  it('keeps the first scores of a candidate that comes again, and needs none', () => {
    commitRound(db, sampleRound(runId, 0, [aspirin]));
    const again = sampleRound(runId, 1, [candidate(aspirin.sequence, [0.1, 0.1])]);
    expect(commitRound(db, again).discovered).toBe(0);
    expect(commitRound(db, { ...sampleRound(runId, 2, [aspirin]), candidates: [] }).discovered).toBe(0);
    expect(rows('candidate')).toBe(1);
    expect(candidateDetail(db, 1)).toMatchObject(aspirin);
  });

  it('refuses a round that is committed, or that leaves a gap, and changes nothing', () => {
    commitRound(db, sampleRound(runId, 0, [aspirin]));
    commitRound(db, sampleRound(runId, 1, [phenol]));
    const before = dumpForComparison(db, runId);
    expect(() => commitRound(db, sampleRound(runId, 1, [ethanol]))).toThrow(RoundOrderError);
    expect(() => commitRound(db, sampleRound(runId, 3, [ethanol]))).toThrow(
      'Round 3 of run 1 cannot be committed yet: 2 comes next.',
    );
    expect(() => commitRound(db, sampleRound(99, 0, [ethanol]))).toThrow(NotFoundError);
    expect(dumpForComparison(db, runId)).toEqual(before);
  });

  it.each([
    ['a score that is no number', { candidates: [candidate('CCN', [NaN, 0.5])] }, /NaN in candidate CCN: use null/],
    ['too few scores', { candidates: [candidate('CCN', [0.5])] }, /has 1 raw scores.*2 objectives/],
    ['a sample of an unknown candidate', { candidates: [] }, /names the candidate CCN/],
    [
      'a candidate without a sample',
      { candidates: [candidate('CCN', [0.5, 0.5]), candidate('CCCN', [0.5, 0.5])] },
      /CCCN has no sample/,
    ],
    [
      'a candidate given twice',
      { candidates: [candidate('CCN', [0.5, 0.5]), candidate('CCN', [0.5, 0.5])] },
      /given twice/,
    ],
    ['too few merge weights', { mergeWeights: [1] }, /1 merge weights for the 2 objectives/],
    [
      'an expert that the run has not',
      { experts: [{ objective: 2, weights: bytes('x'), metrics: {} }] },
      /there is no expert 2/,
    ],
  ])('refuses %s and writes nothing', (_, wrong, message) => {
    expect(() => commitRound(db, { ...sampleRound(runId, 0, [candidate('CCN', [0.5, 0.5])]), ...wrong })).toThrow(
      message,
    );
    for (const table of ['round', 'rollout', 'sample', 'candidate', 'score', 'blob', 'ranking_block'])
      expect(rows(table)).toBe(0);
  });
});

describe('a resume point', () => {
  it('is none before the first round, then the last round with all its bytes', () => {
    expect(loadResumePoint(db, runId)).toBeNull();
    commitRound(db, sampleRound(runId, 1, [aspirin]));
    commitRound(db, sampleRound(runId, 2, [phenol]));
    const point = loadResumePoint(db, runId);
    expect(point).toMatchObject({ number: 2, mergeWeights: [0.5, 0.5], mergedKey: sha256('merged 2'), candidates: 2 });
    expect(Buffer.from(point!.merged).toString()).toBe('merged 2');
    expect(Buffer.from(point!.expertWeights.get(1)!).toString()).toBe('expert 1 of 2');
    expect(Object.keys(point!.states)).toEqual(['memory', 'optimizer/0']);
    expect(Buffer.from(point!.states['optimizer/0']).toString()).toBe('moments 2');
  });

  it('does not need what is superseded; the newest weights of each expert stay', () => {
    const only = (objective: number, round: number) => [
      { objective, weights: bytes(`expert ${objective} of ${round}`), metrics: {} },
    ];
    commitRound(db, sampleRound(runId, 1, [aspirin], { experts: only(0, 1) }));
    for (const round of [2, 3]) {
      commitRound(db, sampleRound(runId, round, [aspirin], { experts: only(1, round) }));
      dropSuperseded(db, runId, ['state', 'expert', 'merged']);
    }
    expect(rows('blob')).toBe(1 + 2 + 2);
    expect(
      [...latestExperts(db, runId)].map(([objective, { round, weights }]) => [
        objective,
        round,
        Buffer.from(weights).toString(),
      ]),
    ).toEqual([
      [0, 1, 'expert 0 of 1'],
      [1, 3, 'expert 1 of 3'],
    ]);
    expect(hasBlob(db, sha256('merged 2'))).toBe(false);
    expect(db.connection.prepare('SELECT merged_key FROM round WHERE number = 2').pluck().get()).toBe(
      sha256('merged 2'),
    );
    expect(loadResumePoint(db, runId)?.number).toBe(3);
    expect(dropUnreferencedBlobs(db)).toBe(0);
  });

  it('takes prewritten bytes by their key, and never names what is not there', () => {
    const key = prewriteBlob(db, bytes('expert 0 of 1'));
    expect(dropUnreferencedBlobs(db)).toBe(0);
    expect(() => commitRound(db, sampleRound(runId, 1, [aspirin], { merged: { key: 'ab'.repeat(32) } }))).toThrow(
      NotFoundError,
    );
    expect(rows('round')).toBe(0);
    commitRound(db, sampleRound(runId, 1, [aspirin], { experts: [{ objective: 0, weights: { key }, metrics: {} }] }));
    expect(Buffer.from(loadResumePoint(db, runId)!.expertWeights.get(0)!).toString()).toBe('expert 0 of 1');
    commitRound(db, sampleRound(runId, 2, [aspirin]));
    dropSuperseded(db, runId, ['expert']);
    expect(hasBlob(db, key)).toBe(false);
  });

  it('discards the prewritten bytes of a round that never came', () => {
    commitRound(db, sampleRound(runId, 1, [aspirin]));
    const before = rows('blob');
    prewriteBlob(db, bytes('expert 0 of 2'));
    discardPrewrittenBlobs(db);
    expect(rows('blob')).toBe(before);
  });

  it('stores equal bytes once', () => {
    commitRound(db, sampleRound(runId, 0, [aspirin]));
    const before = rows('blob') as number;
    commitRound(db, sampleRound(runId, 1, [aspirin]));
    // merged, two experts, moments; not the memory, which did not change
    expect(rows('blob')).toBe(before + 4);
  });
});

describe('provenance', () => {
  it('leads from a candidate to the run, the expert and the merge behind it', () => {
    commitRound(db, sampleRound(runId, 0, [phenol]));
    commitRound(db, sampleRound(runId, 1, [aspirin, phenol], { mergeWeights: [0.3, 0.7] }));
    const id = [...samplesOf(db, runId, { round: 1 }, { limit: 1 })][0].candidateId!;
    star(db, id, 'ask Maria');
    expect(candidateDetail(db, id)).toMatchObject({
      ...{
        id,
        runId,
        number: 1,
        sequence: aspirin.sequence,
        scaffold: 'c1ccccc1',
        raw: [5.5, 10],
        scores: [0.55, 1],
        constraints: [0],
      },
      ...{
        total: 0.775,
        round: 1,
        step: 1,
        expert: 0,
        slot: 0,
        text: aspirin.sequence,
        sampler: { temperature: 1, topP: 1 },
      },
      ...{
        design: 'Oral lead',
        seed: 7,
        method: 'iterative',
        prior: 'druglike',
        priorKey: 'ab'.repeat(32),
        settings: { steps: 8, batch: 4 },
      },
      ...{
        logLikelihood: -12.5,
        priorLogLikelihood: -14.25,
        reward: 0.5,
        times: 2,
        starred: true,
        note: 'ask Maria',
        feasible: true,
      },
      // Its expert started from the prior: round 1 has no merge before it.
      ...{ mergeWeights: null, mergedKey: null, blendId: null, blendSeed: null, reach: null },
    });
    unstar(db, id);
    expect(candidateDetail(db, id)).toMatchObject({ starred: false, note: '' });
    commitRound(db, sampleRound(runId, 2, [candidate('CCN', [0.2, 0.2])]));
    const later = samplesOf(db, runId, { round: 2 }, { limit: 1 })[0].candidateId!;
    expect(candidateDetail(db, later)).toMatchObject({ mergeWeights: [0.3, 0.7], mergedKey: sha256('merged 1') });
    expect(() => candidateDetail(db, 99)).toThrow('There is no candidate 99');
    expect(() => star(db, 99)).toThrow(NotFoundError);
  });

  it('leads to the blend where a candidate comes from steering', () => {
    commitRound(db, sampleRound(runId, 0, [phenol]));
    commitRound(db, sampleRound(runId, 1, [phenol]));
    const blend = {
      runId,
      round: 1,
      weights: [0.9, 0.1],
      reach: 4,
      mergedKey: sha256('blend'),
      seed: 11,
      sampler: { temperature: 0.8 },
    };
    const samples = [sample('CCO'), sample('CCO'), sample('Oc1ccccc1'), sample('C1CC', null)];
    const blendId = commitBlend(db, { ...blend, samples, candidates: [ethanol] });
    const outcome = blendOutcome(db, blendId);
    expect(outcome).toMatchObject({ sampled: 4, valid: 3, unique: 2, known: 1 });
    expect(outcome.candidateIds).toHaveLength(2);
    const [row] = candidatesById(db, outcome.candidateIds);
    expect(row).toMatchObject({ sequence: 'CCO', total: null, round: 1, blendId: 1 });
    expect(candidateDetail(db, row.id)).toMatchObject({
      mergeWeights: [0.9, 0.1],
      mergedKey: sha256('blend'),
      blendSeed: 11,
      reach: 4,
      step: null,
      expert: null,
      times: 2,
    });
    expect(getBlend(db, blendId)).toMatchObject({ id: 1, runId, name: null, round: 1, weights: [0.9, 0.1], seed: 11 });
    expect(countBlends(db, runId)).toBe(1);
    expect(samplesOf(db, runId, { blendId: 1 }, { limit: 2, offset: 1 }).map(({ slot }) => slot)).toEqual([1, 2]);
    // Steering is no training: the run's own counts stay.
    expect(getRunWithCounts(db, runId)).toMatchObject({ scored: 8, valid: 4, unique: 1 });
  });
});

describe('figures', () => {
  it('are counted from rows and agree with the counts of the list', () => {
    commitRound(
      db,
      sampleRound(runId, 0, [phenol], {
        rollouts: [{ step: 0, expert: null, sampler: {}, samples: [sample(phenol.sequence), sample('x', null)] }],
      }),
    );
    const merged = { step: 2, expert: null, sampler: {}, samples: [sample(aspirin.sequence)] };
    const round = sampleRound(runId, 1, [aspirin, ethanol]);
    commitRound(db, { ...round, rollouts: [...round.rollouts, merged] });
    expect(countFigures(db, runId, {})).toEqual({ sampled: 9, valid: 6, unique: 3, validity: 6 / 9, uniqueness: 0.5 });
    expect(listRuns(db)[0]).toMatchObject({
      designName: 'Oral lead',
      round: 1,
      scored: 9,
      valid: 6,
      unique: 3,
      best: 0.775,
    });
    const { run, prior, lastExperts, lastMerged } = finalFigures(db, runId);
    expect(run.sampled).toBe(9);
    expect(prior).toMatchObject({ sampled: 2, valid: 1, total: { mean: 0.65, deviation: null, count: 1 } });
    // Ethanol has no logP here, so no total: it is missing, not zero.
    expect(lastExperts?.total).toEqual({ mean: 0.775, deviation: 0, count: 2 });
    expect(lastExperts?.objectives[1].transformed).toEqual({ mean: 1, deviation: 0, count: 2 });
    expect(lastExperts?.objectives[0].raw.mean).toBeCloseTo(4.75, 12);
    expect(lastMerged).toMatchObject({ sampled: 1, validity: 1 });
    expect(scoreFigures(db, runId, { round: 1, expert: 0 }, [1, 0]).total.mean).toBeCloseTo(0.475, 12);
  });

  it('are null where there is nothing to count', () => {
    expect(countFigures(db, runId, {})).toEqual({ sampled: 0, valid: 0, unique: 0, validity: null, uniqueness: null });
    expect(finalFigures(db, runId)).toMatchObject({ prior: null, lastExperts: null, lastMerged: null });
    expect(listRuns(db)[0]).toMatchObject({ round: null, scored: 0, best: null });
  });
});

describe('dumpForComparison', () => {
  it('is the same for the same run whatever else the workspace holds and whenever it ran', () => {
    const other = openForWriting(join(temporaryFolder(), 'other.amalgam'));
    sampleRun(other);
    const otherRun = sampleRun(other);
    for (const [workspace, id] of [
      [db, runId],
      [other, otherRun],
    ] as const) {
      commitRound(workspace, sampleRound(id, 0, [phenol]));
      if (workspace === other) updateRunState(other, id, 'paused');
      commitRound(workspace, sampleRound(id, 1, [aspirin, phenol, ethanol]));
    }
    expect(dumpForComparison(other, otherRun)).toEqual(dumpForComparison(db, runId));
    close(other);
  });

  it.each([
    ['score', 'UPDATE score SET raw = raw + 1e-15 WHERE candidate_id = 1 AND objective = 0'],
    ['sample', 'UPDATE sample SET reward = 0.5000000000000001 WHERE slot = 0'],
    [
      'blob',
      "UPDATE blob SET bytes = x'00' WHERE key = (SELECT blob_key FROM round_blob WHERE kind = 'state' LIMIT 1)",
    ],
    ['expert', `UPDATE expert SET metrics = '{"reward":0.6}'`],
  ])('sees the smallest change of %s', (table, change) => {
    commitRound(db, sampleRound(runId, 0, [phenol]));
    const before = dumpForComparison(db, runId);
    expect(db.connection.prepare(change).run().changes).toBeGreaterThan(0);
    const after = dumpForComparison(db, runId);
    expect(after.digest).not.toBe(before.digest);
    const differing = Object.keys(after.tables).filter(
      (name) => after.tables[name].digest !== before.tables[name].digest,
    );
    expect(differing).toEqual([table]);
  });
});

describe('deleteDesign', () => {
  it('takes the runs with all their rows and bytes, and leaves the others', () => {
    const otherRun = sampleRun(db);
    for (const id of [runId, otherRun]) {
      commitRound(db, sampleRound(id, 0, [phenol]));
      commitRound(db, sampleRound(id, 1, [aspirin]));
      commitBlend(db, {
        runId: id,
        round: 1,
        weights: [1, 0],
        reach: 1,
        mergedKey: sha256('b'),
        seed: 1,
        sampler: {},
        samples: [sample('CCO')],
        candidates: [ethanol],
      });
    }
    const before = dumpForComparison(db, otherRun);
    deleteDesign(db, 1);
    purgeDesigns(db);
    expect(dumpForComparison(db, otherRun)).toEqual(before);
    deleteDesign(db, 2);
    purgeDesigns(db);
    for (const table of [
      'run',
      'round',
      'expert',
      'round_blob',
      'blob',
      'blend',
      'rollout',
      'sample',
      'candidate',
      'score',
      'scaffold',
      'ranking_block',
    ]) {
      expect(rows(table)).toBe(0);
    }
    expect(listDesigns(db)).toEqual([]);
    expect(() => deleteDesign(db, 2)).toThrow('There is no design 2');
  });

  it('hides it, its runs and its stars until it is restored', () => {
    commitRound(db, sampleRound(runId, 0, [phenol]));
    star(db, 1);
    const before = dumpForComparison(db, runId);
    deleteDesign(db, 1);
    expect([listDesigns(db), listRuns(db), shortlist(db)]).toEqual([[], [], []]);
    expect(() => getRun(db, runId)).toThrow(`There is no run ${runId}`);
    restoreDesign(db, 1);
    expect(listDesigns(db)).toHaveLength(1);
    expect(shortlist(db)).toHaveLength(1);
    expect(dumpForComparison(db, runId)).toEqual(before);
    purgeDesigns(db);
    expect(listRuns(db)).toHaveLength(1);
    expect(() => restoreDesign(db, 1)).toThrow('There is no design 1');
  });

  it('archives and takes back', () => {
    archiveDesign(db, 1, true);
    expect(getDesign(db, 1).archived).not.toBeNull();
    archiveDesign(db, 1, false);
    expect(getDesign(db, 1).archived).toBeNull();
  });
});
