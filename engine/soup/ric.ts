/**
 * RiC: rewards in context (Yang et al. 2024, arXiv 2402.10207). One generator is fine-tuned on sequences after their
 * reward tokens; asking for high rewards then makes it write better ones, and asking for others steers it. An offline
 * stage learns from samples of the prior. Each online stage samples at desired rewards on the border of what was
 * reached, keeps the best of each goal, and learns again. Stages share the rounds evenly; a stage learns in its last
 * round, with as many optimizer steps as the other methods take in its rounds. The merge of a round is the generator
 * asked for the rewards that the goals' weights desire (learn/in-context.ts has the departures from the paper).
 */
import type { Weights } from '../generator/parameters.ts';
import { plainOf } from '../generator/reward-tokens.ts';
import { generatorFor, goalsInContext } from '../learn/in-context.ts';
import { renormalised } from './merge.ts';
import { closeRound, measurePrior, openRun, type Run, trainSideBySide } from './run.ts';
import { morlhfSteps, type Stage, stageOf } from './schedule.ts';
import type { Judgement, RunMethod, RunRequest, RunState } from './types.ts';

/** How many goals have reward tokens under the method of a run. */
export function goalsWithTokens({ settings, objectives }: Pick<RunRequest, 'settings' | 'objectives'>): number {
  return settings.method === 'ric' ? goalsInContext(objectives).length : 0;
}

export const rewardsInContext: RunMethod = async (request, stored, parts) => {
  const run = openRun(request, parts);
  let state = stored ?? (await measurePrior(run, [null]));
  for (let round = state.round + 1; round <= run.plan.rounds; round++) state = await contextRound(run, state, round);
  return state;
};

async function contextRound(run: Run, state: RunState, round: number): Promise<RunState> {
  const started = performance.now();
  const { request, plan, judgement } = run;
  const weights = request.objectives.map(({ weight }) => weight);
  const [expert] = state.experts;
  const { number, rounds } = stageAt(run, state, round);
  const { total, aRound } = morlhfSteps(plan);
  const turn = {
    expert,
    weights: plainWeights(state, request.prior, judgement),
    moments: expert.moments,
    firstStep: expert.steps,
    steps: aRound,
    scheduleSteps: total,
    context: { stage: number, archive: state.archive, updates: rounds * aRound * request.settings.updates },
  };
  const [{ result }] = await trainSideBySide(run, round, [turn], state);
  const archive = result.archive ?? [];
  const learnt = { ...state, archive, merged: result.weights, experts: [{ ...expert, extra: result.extra }] };
  const merged = rounds === 0 ? state.merged : steered(learnt, request.prior, judgement, weights);
  return closeRound(run, state, {
    round,
    started,
    trained: [{ turn, result: { ...result, weights: merged } }],
    merged,
    mergedMoments: null,
    lambda: weights,
    searched: [],
    archive,
  });
}

/** The offline stage lasts until the generator has learnt, and never comes back, also in a run that was extended. */
function stageAt({ plan, request }: Run, { experts: [{ extra }] }: RunState, round: number): Stage {
  const { number, rounds } = stageOf(plan, request.settings.online_stages, round);
  return { number: extra === null ? 0 : Math.max(1, number), rounds };
}

/** The generator without desired rewards. */
function plainWeights({ merged, experts: [{ extra }] }: RunState, prior: Weights, { objectives }: Judgement): Weights {
  return extra === null ? merged : plainOf(merged, prior, extra.weights, goalsInContext(objectives).length);
}

/**
 * The generator asked for the rewards that weights desire; nothing is trained.
 * @param weights one per objective; those of objectives that the run does not train count nothing
 * @throws Error if the offline stage is not over, or only untrained objectives weigh
 */
export function steered(state: RunState, prior: Weights, judgement: Judgement, weights: readonly number[]): Weights {
  const [{ extra }] = state.experts;
  if (extra === null) throw new RangeError('The offline stage is not over, so no reward can be asked for yet.');
  const { archive, multipliers } = state;
  const plain = plainWeights(state, prior, judgement);
  return generatorFor(
    { plain, tokens: extra.weights, archive, judgement, multipliers },
    renormalised(weights, goalsInContext(judgement.objectives)),
  );
}
