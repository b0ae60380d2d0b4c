/**
 * Converts a round of the engine for the workspace: samples grouped into rollouts, each molecule once with its scores,
 * weights and state as bytes.
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

/** The large parts of a round's state, by their place of storage. */
export interface Prewritten {
  readonly merged: BlobSource;
  readonly moments: BlobSource;
  /** By objective. */
  readonly experts: ReadonlyMap<number, BlobSource>;
}

/** @param send stores bytes; one part is made after the previous one was sent */
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

/** The results of a round besides the large parts of its state. */
interface Measured {
  readonly prewritten: Prewritten;
  /** Diversity of the sequences that measure the round. */
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

/** Batches in the order of their first samples. */
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

export function newSample({ text, canonical, parents, logPolicy, logPrior, reward }: SampleRecord): NewSample {
  return { text, canonical, parents, logLikelihood: logPolicy, priorLogLikelihood: logPrior, reward };
}

/** Each molecule once, in the order of first occurrence. */
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
 * For hard and learned limits. A soft limit lowers the reward and forbids nothing; a learned one takes effect
 * gradually. A missing value meets no limit.
 */
function respectsLimits(values: readonly (number | null)[], constraints: readonly Constraint[]): boolean {
  return constraints.every(({ min, max, tolerance, learned }, i) => {
    const value = values[i];
    return (tolerance > 0 && !learned) || (value !== null && value >= min && value <= max);
  });
}
