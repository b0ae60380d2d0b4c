/**
 * MORLHF: one policy on the weighted total of all objectives, the plain way to
 * learn several goals at once and IterativeRS's first baseline. It does all the
 * experts' steps itself, T x M, so the budget of scored sequences is the same.
 */
import { measurePrior, openRun, totalRound } from './run.ts';
import type { RunMethod } from './types.ts';

export const morlhf: RunMethod = async (request, stored, parts) => {
  const run = openRun(request, parts);
  let state = stored ?? (await measurePrior(run, [null]));
  for (let round = state.round + 1; round <= run.plan.rounds; round++)
    state = await totalRound(run, state, round, state.experts[0]);
  return state;
};
