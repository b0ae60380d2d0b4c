/**
 * MORLHF: one policy on the weighted total of all objectives, the plain way to
 * learn several goals at once and IterativeRS's first baseline. It does all the
 * experts' steps itself, T x M, so the budget of scored sequences is the same.
 */
import { closeRound, measurePrior, openRun, trainSideBySide } from './run.ts';
import { morlhfSteps } from './schedule.ts';
import type { RunMethod } from './types.ts';

export const morlhf: RunMethod = async (request, stored, parts) => {
  const run = openRun(request, parts);
  const { total, aRound } = morlhfSteps(run.plan);
  const lambda = request.objectives.map(({ weight }) => weight);
  let state = stored ?? (await measurePrior(run, [null]));

  for (let round = state.round + 1; round <= run.plan.rounds; round++) {
    const started = performance.now();
    const [policy] = state.experts;
    const turn = {
      expert: policy,
      weights: state.merged,
      moments: policy.moments,
      firstStep: policy.steps,
      steps: aRound,
      scheduleSteps: total,
    };
    const trained = await trainSideBySide(run, round, [turn], state);
    state = await closeRound(run, state, {
      round,
      started,
      trained,
      merged: trained[0].result.weights,
      mergedMoments: null,
      lambda,
      searched: [],
    });
  }
  return state;
};
