/**
 * Steering in the compute process: experts merged with other weights, or one generator asked for other rewards, warm
 * workers that sample from it, and scores. Nothing is learnt or stored.
 */
import type { Generator } from '../../engine/generator/checkpoint.ts';
import type { Weights } from '../../engine/generator/parameters.ts';
import { blend } from '../../engine/soup/merge.ts';
import { steered } from '../../engine/soup/ric.ts';
import type { RunState, SampleJob, SampleRecord } from '../../engine/soup/types.ts';
import { sha256 } from '../base/sha256.ts';
import type { ExternalScores } from '../external/external-scorers.ts';
import type { ComputeSetup, SteerAnswer, SteerQuestion, StoredState } from './messages.ts';
import { openWorkshop, type Workshop } from './parts.ts';
import { decodeState, weightsFile } from './run-state.ts';

export interface Steering {
  sample(question: SteerQuestion): Promise<SteerAnswer>;
  dispose(): Promise<void>;
}

/** Sequences per job: few enough that all workers get some. */
const SAMPLES_A_JOB = 32;

interface Blended {
  readonly name: string;
  readonly weights: Weights;
  readonly key: string;
}

export async function openSteering(
  setup: ComputeSetup,
  stored: StoredState,
  round: number,
  external: ExternalScores,
): Promise<Steering> {
  const workshop = await openWorkshop(setup, external);
  const state = decodeState(stored);
  let last: Blended | null = null;
  const blended = (question: Setting): Blended => {
    const name = [question.reach, ...question.weights].join();
    if (last?.name !== name) last = { name, ...blendWeights(state, question, setup, workshop.prior) };
    return last;
  };
  return {
    async sample(question) {
      const { weights, key } = blended(question);
      return {
        mergedKey: key,
        samples: await sampleAll(workshop, setup, { ...question, blend: weights, round, step: state.step }),
      };
    },
    dispose: () => workshop.dispose(),
  };
}

type Setting = Pick<SteerQuestion, 'weights' | 'reach'>;

function blendWeights(
  state: RunState,
  { weights, reach }: Setting,
  { settings, objectives, constraints }: ComputeSetup,
  { weights: prior, config }: Generator,
): Omit<Blended, 'name'> {
  const merged =
    settings.method === 'ric'
      ? steered(state, prior, { objectives, constraints, aggregate: settings.aggregate }, weights)
      : blend(
          state.experts.map((expert) => expert.weights),
          state.merged,
          weights,
          reach,
        );
  return { weights: merged, key: sha256(weightsFile(config, merged)) };
}

interface Sampling extends Omit<SteerQuestion, keyof Setting> {
  readonly blend: Weights;
  readonly round: number;
  readonly step: number;
}

async function sampleAll(
  { experts }: Workshop,
  setup: ComputeSetup,
  { blend: weights, seed, first, n, round, step }: Sampling,
): Promise<SampleRecord[]> {
  const {
    settings: { temperature, top_p, aggregate },
    objectives,
    constraints,
  } = setup;
  const judgement = { objectives, constraints, aggregate };
  const job = (from: number): SampleJob => ({
    kind: 'sample',
    source: 'steer',
    seed,
    round,
    step,
    draw: 0,
    first: from,
    n: Math.min(SAMPLES_A_JOB, first + n - from),
    temperature,
    top_p,
    judgement,
    weights,
  });
  const starts = Array.from({ length: Math.ceil(n / SAMPLES_A_JOB) }, (_, i) => first + i * SAMPLES_A_JOB);
  return (await Promise.all(starts.map((from) => experts.sample(job(from))))).flat();
}
