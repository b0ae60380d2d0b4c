/**
 * What the engine gives of a round, as the workspace takes it: samples grouped
 * into rollouts, each molecule once with its scores, weights and state as bytes.
 */
import type { BlobSource, NewCandidate, NewRollout, NewSample, RolloutSource } from '../../db/index.ts';
import type { GeneratorConfig } from '../../engine/generator/checkpoint.ts';
import type { Constraint } from '../../engine/objectives/constraints.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import type { MergedRound, RoundCommit, SampleRecord, SampleSource } from '../../engine/soup/types.ts';
import { sha256 } from '../base/sha256.ts';
import type { ComputedRound } from './messages.ts';
import { encodeRest, momentsFile, weightsFile } from './run-state.ts';

export interface RoundContext {
  readonly config: GeneratorConfig;
  readonly settings: RunSettings;
  readonly constraints: readonly Constraint[];
}

/** What is large of a round's state, by where it is stored. */
export interface Prewritten {
  readonly merged: BlobSource;
  readonly moments: BlobSource;
  /** By objective. */
  readonly experts: ReadonlyMap<number, BlobSource>;
}

/** @param send hands bytes on to be stored; one part is made when the one before has left */
export async function prewrite(
  { merged, mergedMoments, experts, trained }: MergedRound,
  { config, settings }: RoundContext,
  send: (bytes: Uint8Array) => Promise<void>,
): Promise<Prewritten> {
  const sent = async (bytes: Uint8Array): Promise<BlobSource> => {
    await send(bytes);
    return { key: sha256(bytes) };
  };
  const files = new Map<number, BlobSource>();
  for (const objective of trained) {
    const weights = experts.find((expert) => expert.objective === objective)?.weights;
    if (!weights) throw new Error(`Expert ${objective + 1} was trained and has no weights.`);
    files.set(objective, await sent(weightsFile(config, weights)));
  }
  return {
    experts: files,
    merged: await sent(weightsFile(config, merged)),
    moments: await sent(momentsFile({ mergedMoments, experts }, settings)),
  };
}

/** What a round came to beside its state's large parts. */
interface Measured {
  readonly prewritten: Prewritten;
  /** Of the sequences that measure the round. */
  readonly diversity: number | null;
  readonly ended: number;
}

export function computedRound(
  { state, samples, metrics }: RoundCommit,
  { settings, constraints }: RoundContext,
  { prewritten, diversity, ended }: Measured,
): ComputedRound {
  return {
    number: state.round,
    ended,
    mergeWeights: metrics.mergeWeights,
    merged: prewritten.merged,
    experts: [...prewritten.experts].map(([objective, weights]) => ({
      objective,
      weights,
      metrics: metrics.experts.find((own) => own.objective === objective),
    })),
    states: { ...encodeRest(state, settings), moments: prewritten.moments },
    metrics: { ...metrics, diversity },
    rollouts: rolloutsOf(samples, settings),
    candidates: candidatesOf(samples, constraints),
  };
}

const SOURCES: Readonly<Record<SampleSource, RolloutSource>> = {
  prior: 'merge',
  merge: 'merge',
  expert: 'expert',
  search: 'search',
  steer: 'merge',
};

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
    return {
      step,
      source: SOURCES[source],
      draw,
      expert: objective,
      sampler: samplerOf(settings),
      samples: group.map(newSample),
    };
  });
}

/** Sampler settings, for a candidate's provenance. */
export function samplerOf({ temperature, top_p }: Pick<RunSettings, 'temperature' | 'top_p'>): {
  temperature: number;
  topP: number;
} {
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
    candidates.set(canonical, {
      sequence: canonical,
      scaffold,
      raw,
      scores,
      constraints: values,
      feasible: respectsLimits(values, constraints),
    });
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
