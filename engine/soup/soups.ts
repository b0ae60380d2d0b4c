/**
 * Rewarded Soups (Ramé et al. 2023): one expert an objective, trained from the
 * prior to the end by itself, merged once. Rounds are for committing and
 * showing; the merge that is measured in each is never trained on. Experts
 * share T x M steps, so the budget of scored sequences is IterativeRS's.
 */
import { Purpose } from '../generator/random.ts';
import { moved, renormalised, spreadWeights } from './merge.ts';
import { mergerOf } from './operators.ts';
import { closeRound, measurePrior, openRun, type Run, type Trained, trainSideBySide, type Turn } from './run.ts';
import { soupsSteps } from './schedule.ts';
import { searchWeights } from './search.ts';
import type { RunMethod, RunState } from './types.ts';

export const rewardedSoups: RunMethod = async (request, stored, parts) => {
  const run = openRun(request, parts);
  const { rounds, trained: members } = run.plan;
  const w = request.objectives.map(({ weight }) => weight);
  let state =
    stored ??
    (await measurePrior(
      run,
      w.map((_, i) => i),
    ));

  for (let round = state.round + 1; round <= rounds; round++) {
    const started = performance.now();
    const trained = await trainSideBySide(run, round, turnsOf(run, round, state), state);
    const theta = latestExperts(run, state, trained);
    const searches = request.settings.merge_weights === 'searched' && round === rounds;
    const start = request.prior;
    const merge = mergerOf(request.settings, {
      experts: theta,
      start,
      moments: [],
      stream: [request.seed, Purpose.merge, round],
    });
    const search = searches
      ? await searchWeights(run, state, members, merge)
      : { lambda: renormalised(w, members), samples: [] };
    const merged = moved(start, merge(search.lambda), request.settings.merge_scale);
    const lambda = spreadWeights(search.lambda, members, w.length);
    state = await closeRound(run, state, {
      round,
      started,
      trained,
      merged,
      mergedMoments: null,
      lambda,
      searched: search.samples,
    });
  }
  return state;
};

/** The experts that have steps in this round; with few steps a round some wait. */
function turnsOf(run: Run, round: number, state: RunState): Turn[] {
  return run.plan.trained.flatMap((i, k) => {
    const expert = state.experts[i];
    const steps = soupsSteps(run.plan, k, round) - expert.steps;
    const scheduleSteps = soupsSteps(run.plan, k, run.plan.rounds);
    return steps === 0
      ? []
      : [
          {
            expert,
            weights: expert.weights ?? run.request.prior,
            moments: expert.moments,
            firstStep: expert.steps,
            steps,
            scheduleSteps,
          },
        ];
  });
}

/** Weights of every trained objective's expert now; the prior for one that has not begun. */
function latestExperts(run: Run, state: RunState, trained: readonly Trained[]) {
  return run.plan.trained.map((i) => {
    const now = trained.find(({ turn }) => turn.expert.objective === i);
    return now?.result.weights ?? state.experts[i].weights ?? run.request.prior;
  });
}
