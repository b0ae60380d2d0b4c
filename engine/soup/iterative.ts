/**
 * IterativeRS: iterative rewarded soups (NeurIPS 2025, arXiv 2511.00220).
 *
 *   N objectives with weights w; T steps, one rollout batch each; a merge every
 *   m steps; M experts a round, S; theta_i the expert of objective i; rho the
 *   merge; lambda its weights. m = T with M = N is Rewarded Soups; m = 1 tends
 *   to one policy on the weighted sum (for one plain gradient step).
 *
 * Departures from paper and official code (pouyamghari/IterativeRS):
 *  1. The merge is over S alone; the code also averages in experts left stale from former rounds.
 *  2. One learning-rate schedule over T; the code restarts it at every merge, so m changes the schedule.
 *  3. What a merge does to Adam's moments is a setting (reset, keep, average); the code always resets.
 *  4. Every expert, round and step has its own random stream; the code starts each from one seed.
 *  5. The end token learns, so does the critic (with PPO); in the code neither does.
 *  6. Invalid sequences get reward 0 and are counted; missing scores teach nothing.
 *  7. The weight search draws from the simplex with the given weights among the draws and scores all
 *     fresh samples by the weighted total; the code has a fixed grid and scores the non-dominated ones.
 *  8. The default loss is REINVENT's augmented likelihood with replay, with its batch mean taken out;
 *     PPO as in the paper is a setting. PPO's minibatch is the whole rollout.
 *  9. Repeated molecules and scaffolds have their reward lowered (on by default).
 * 10. Objectives of weight 0 are measured and not trained.
 * 11. With the default loss, each of these is a setting and on by default: a warm start with one policy on the total
 *     (post-local SGD, Lin et al. 2020), rewards mixed with the total (Bone Soups, Xie et al. 2025), and a longer
 *     step of the merge (FedExP, Jhunjhunwala et al. 2023).
 */
import { Purpose } from '../generator/random.ts';
import { averageMoments, extrapolation, moved, renormalised, spreadWeights, startingMoments } from './merge.ts';
import { mergerOf } from './operators.ts';
import { closeRound, measurePrior, openRun, totalRound, trainSideBySide, untrained } from './run.ts';
import { drawExperts, morlhfSteps } from './schedule.ts';
import { searchWeights } from './search.ts';
import type { RunMethod } from './types.ts';

export const iterativeRS: RunMethod = async (request, stored, parts) => {
  const run = openRun(request, parts);
  const { settings, seed } = request;
  const { T, m, rounds } = run.plan;
  const w = request.objectives.map(({ weight }) => weight);
  let state =
    stored ??
    (await measurePrior(
      run,
      w.map((_, i) => i),
    ));

  for (let round = state.round + 1; round <= rounds; round++) {
    const started = performance.now();
    // A run that was extended never goes back from experts to the warm start.
    if (round <= run.plan.warmRounds && state.experts.every(({ weights }) => weights === null)) {
      const steps = (round - 1) * morlhfSteps(run.plan).aRound;
      state = await totalRound(run, state, round, { ...untrained(null), moments: state.mergedMoments, steps });
      continue;
    }
    const S = drawExperts(run.plan, seed, round);
    const rho = state;
    const turns = S.map((i) => ({
      expert: rho.experts[i],
      weights: rho.merged,
      moments: startingMoments(settings.moments, rho.experts[i].moments, rho.mergedMoments),
      firstStep: (round - 1) * m,
      steps: m,
      scheduleSteps: T,
    }));
    const trained = await trainSideBySide(run, round, turns, rho);
    const theta = trained.map(({ result }) => result.weights);
    const merge = mergerOf(settings, {
      experts: theta,
      start: rho.merged,
      moments: trained.map(({ result }) => result.moments),
      stream: [seed, Purpose.merge, round],
    });
    const search =
      settings.merge_weights === 'searched'
        ? await searchWeights(run, rho, S, merge)
        : { lambda: renormalised(w, S), samples: [] };
    const mean = merge(search.lambda);
    const eta = settings.outer_step === 'fedexp' ? extrapolation(theta, search.lambda, rho.merged, mean) : 1;
    const merged = moved(rho.merged, mean, settings.merge_scale * eta);
    const mergedMoments =
      settings.moments === 'average'
        ? averageMoments(
            trained.map(({ result }) => result.moments),
            search.lambda,
          )
        : null;
    const lambda = spreadWeights(search.lambda, S, w.length);
    state = await closeRound(run, state, {
      round,
      started,
      trained,
      merged,
      mergedMoments,
      lambda,
      searched: search.samples,
    });
  }
  return state;
};
