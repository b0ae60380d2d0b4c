/**
 * What the engine gives of a round, as the workspace takes it: samples grouped
 * into rollouts, each molecule once with its scores, weights and state as bytes.
 */
import type { NewCandidate, NewRollout, NewSample, RolloutSource } from '../db/index.ts';
import type { GeneratorConfig } from '../engine/generator/checkpoint.ts';
import type { Constraint } from '../engine/objectives/constraints.ts';
import type { RunSettings } from '../engine/soup/settings.ts';
import type { RoundCommit, SampleRecord, SampleSource } from '../engine/soup/types.ts';
import type { ComputedRound } from './compute-messages.ts';
import { encodeStates, weightsFile } from './run-state.ts';

export interface RoundContext {
  readonly config: GeneratorConfig;
  readonly settings: RunSettings;
  readonly constraints: readonly Constraint[];
}

/** @param diversity of the sequences that measure the round */
export function computedRound({ state, samples, metrics, last }: RoundCommit, { config, settings, constraints }: RoundContext, diversity: number | null): ComputedRound {
  const trained = metrics.experts.filter(({ objective }) => objective >= 0);
  const experts = trained.map((own) => {
    const expert = state.experts.find(({ objective }) => objective === own.objective);
    if (!expert?.weights) throw new Error(`Round ${state.round} has no weights of expert ${own.objective + 1}.`);
    return { objective: own.objective, weights: weightsFile(config, expert.weights), metrics: own };
  });
  return {
    number: state.round,
    last,
    mergeWeights: metrics.mergeWeights,
    merged: weightsFile(config, state.merged),
    experts,
    states: encodeStates(state, settings),
    metrics: { ...metrics, diversity },
    rollouts: rolloutsOf(samples, settings),
    candidates: candidatesOf(samples, constraints),
  };
}

const SOURCES: Readonly<Record<SampleSource, RolloutSource>> = { prior: 'merge', merge: 'merge', expert: 'expert', search: 'search', steer: 'merge' };

/** Batches in the order in which their first sample stands. */
function rolloutsOf(samples: readonly SampleRecord[], settings: RunSettings): NewRollout[] {
  const groups = new Map<string, SampleRecord[]>();
  for (const sample of samples) {
    const key = `${sample.source} ${sample.step} ${sample.objective} ${sample.draw}`;
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return [...groups.values()].map((group) => {
    const { source, step, objective, draw } = group[0];
    return { step, source: SOURCES[source], draw, expert: objective, sampler: samplerOf(settings), samples: group.map(newSample) };
  });
}

/** Sampler settings, for a candidate's provenance. */
export function samplerOf({ temperature, top_p }: Pick<RunSettings, 'temperature' | 'top_p'>): { temperature: number; topP: number } {
  return { temperature, topP: top_p };
}

export function newSample({ text, canonical, logPolicy, logPrior, reward }: SampleRecord): NewSample {
  return { text, canonical, logLikelihood: logPolicy, priorLogLikelihood: logPrior, reward };
}

/** Each molecule once, in the order of first sight. */
export function candidatesOf(samples: readonly SampleRecord[], constraints: readonly Constraint[]): NewCandidate[] {
  const candidates = new Map<string, NewCandidate>();
  for (const { canonical, scaffold, raw, scores, constraints: values } of samples) {
    if (canonical === null || candidates.has(canonical)) continue;
    candidates.set(canonical, { sequence: canonical, scaffold, raw, scores, constraints: values, feasible: respectsLimits(values, constraints) });
  }
  return [...candidates.values()];
}

/**
 * Hard and learned limits: a soft one lowers the reward and forbids nothing, a
 * learned one only teaches its lesson by and by. A missing value respects no limit.
 */
function respectsLimits(values: readonly (number | null)[], constraints: readonly Constraint[]): boolean {
  return constraints.every(({ min, max, tolerance, learned }, i) => {
    const value = values[i];
    return (tolerance > 0 && !learned) || (value !== null && value >= min && value <= max);
  });
}
