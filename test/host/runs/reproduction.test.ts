/**
 * @file Reproductions of candidates of a run that really trained: from before training, of an expert, of a blend; and
 * refusals.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReproductionState } from '../../../contract/api.ts';
import { candidateColumns, type CandidateRow, candidatesById, extendRun, getRun } from '../../../db/index.ts';
import { run, sql } from '../../../db/sql.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { amalgam, designFile, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const workspace = join(folder, 'remaking.amalgam');
let host: Host;
beforeAll(async () => {
  const { code, err } = await amalgam(['design', designFile(folder), '--workspace', workspace, '--device', 'cpu']);
  expect(code, err).toBe(0);
  host = createHost({ workspace, device: 'cpu', consents: join(folder, 'consents.json') });
}, 120_000);
afterAll(() => host.close());

const candidates = (): CandidateRow[] =>
  candidatesById(host.context.db, [...candidateColumns(host.context.db, 1, 0, 10_000, 0).ids]);

/** Makes it again and waits for the end. */
async function reproduced(candidateId: number): Promise<ReproductionState> {
  const ended = new Promise<ReproductionState>((resolve) => {
    const stop = host.subscribe('reproduction', {}, (event) => {
      const state = event as ReproductionState;
      if (state.state === 'running') return;
      stop();
      resolve(state);
    });
  });
  expect(await host.call('reproduction.start', { candidateId })).toMatchObject({ state: 'running', candidateId });
  return ended;
}

const same = { state: 'done', verdict: { same: true, differences: [], software: null } };

describe('the same comes out', () => {
  it.each([0, 2, 3])('in round %i', async (round) => {
    const candidate = candidates().findLast((one) => one.round === round)!;
    expect(await host.call('reproduction.cost', { candidateId: candidate.id })).toMatchObject({
      rounds: round,
      impossible: null,
    });
    expect(await reproduced(candidate.id)).toMatchObject({
      ...same,
      candidateId: candidate.id,
      verdict: { ...same.verdict, sequence: candidate.sequence },
    });
  });

  it('by steering', async () => {
    await host.call('steering.sample', { runId: 1, weights: [1, 0], n: 6 });
    const candidate = candidates().findLast(({ blendId }) => blendId !== null)!;
    expect(await host.call('reproduction.cost', { candidateId: candidate.id })).toMatchObject({ rounds: 0 });
    expect(await reproduced(candidate.id)).toMatchObject(same);
  });
});

describe('honestly', () => {
  it('other values are told apart', async () => {
    const candidate = candidates().find(({ round }) => round === 0)!;
    run(host.context.db, sql`UPDATE score SET raw = raw + 1 WHERE candidate_id = ${candidate.id} AND objective = 0`);
    const state = await reproduced(candidate.id);
    expect(state).toMatchObject({
      state: 'done',
      verdict: {
        same: false,
        sequence: candidate.sequence,
        differences: [{ was: candidate.raw[0]! + 1, is: candidate.raw[0] }],
      },
    });
  });

  it('one at a time, and it can be cancelled', async () => {
    const [first, second] = candidates().filter(({ round }) => round === 3);
    await host.call('reproduction.start', { candidateId: first.id });
    await expect(host.call('reproduction.start', { candidateId: second.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await host.call('reproduction.cancel', {})).toEqual({ state: 'none' });
    expect(await host.call('reproduction.state', {})).toEqual({ state: 'none' });
  });

  it('what came before an extension is made with the settings of then; what came after is refused', async () => {
    const { db } = host.context;
    extendRun(db, 1, { afterRound: 2, rounds: 4 }, { ...(getRun(db, 1).settings as object), steps: 12 });
    const [before, after] = [2, 3].map((round) =>
      candidates().findLast((one) => one.round === round && one.blendId === null)!,
    );
    expect(await reproduced(before.id)).toMatchObject(same);
    expect((await host.call('reproduction.cost', { candidateId: after.id })).impossible).toMatch(
      /^The run was extended/,
    );
    await expect(host.call('reproduction.start', { candidateId: after.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
