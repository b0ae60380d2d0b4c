/**
 * Generates sequences from given weights and looks at them from every side:
 * text, scores, likelihood under the weights and under the prior.
 */
import type { MakeGuide } from '../generator/guide.ts';
import type { Weights } from '../generator/parameters.ts';
import type { RandomStream } from '../generator/random.ts';
import type { Likelihood, Sampled, Sampler, Tokenizer } from '../generator/types.ts';
import type { ScoredSequence, ScoreSequences } from '../objectives/types.ts';
import type { MakeChildren } from './children.ts';

/** What generating and judging sequences takes; one set a worker. */
export interface RolloutTools {
  readonly sampler: Sampler;
  /** Likelihood with the prior's weights loaded. */
  readonly prior: Likelihood;
  readonly tokenizer: Tokenizer;
  /** What may be generated; null for everything. */
  readonly guide: MakeGuide | null;
  readonly score: ScoreSequences;
  /** null where a design's sequences have no children. */
  readonly edit: MakeChildren | null;
}

export interface Rollout {
  readonly sampled: Sampled;
  readonly text: string;
  /** null where the sequence did not end and so was not scored. */
  readonly scored: ScoredSequence | null;
  /** Log-probability of each token after the start under the prior, nats. */
  readonly prior: Float32Array;
}

/** Wall time by what it was spent on. Scoring overlaps with the prior's pass, which counts as learning. */
export interface RolloutSeconds {
  sampling: number;
  scoring: number;
  learning: number;
}

export interface RolloutRequest {
  readonly weights: Weights;
  readonly n: number;
  readonly temperature: number;
  readonly top_p: number;
  /** Stream of sequence i of this rollout. */
  readonly random: (index: number) => RandomStream;
}

/** Samples, then scores while the prior is asked. Adds what it took to `seconds`. */
export async function rollout(
  request: RolloutRequest,
  tools: RolloutTools,
  seconds: RolloutSeconds,
): Promise<Rollout[]> {
  const drawn = await timed(() => draw(request, tools));
  const texts = drawn.value.map((s) => tools.tokenizer.decode(s.tokens));
  const [scored, prior] = await Promise.all([
    timed(() => scoreEnded(drawn.value, texts, tools.score)),
    timed(() => tools.prior.tokens(drawn.value.map((s) => s.tokens))),
  ]);
  seconds.sampling += drawn.seconds;
  seconds.scoring += scored.seconds;
  seconds.learning += prior.seconds;
  return drawn.value.map((sampled, i) => ({ sampled, text: texts[i], scored: scored.value[i], prior: prior.value[i] }));
}

async function draw(
  { weights, n, temperature, top_p, random }: RolloutRequest,
  { sampler, guide }: RolloutTools,
): Promise<Sampled[]> {
  await sampler.load(weights);
  return sampler.sample(n, { temperature, topP: top_p }, random, guide);
}

/** What `work` gives and the wall time it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

/** Scores of the sequences that ended; the rest would be cut-off text. */
async function scoreEnded(
  sampled: readonly Sampled[],
  texts: readonly string[],
  score: ScoreSequences,
): Promise<(ScoredSequence | null)[]> {
  const ended = sampled.flatMap((s, i) => (s.ended ? [i] : []));
  const scored = await score(ended.map((i) => texts[i]));
  const results: (ScoredSequence | null)[] = sampled.map(() => null);
  ended.forEach((i, k) => (results[i] = scored[k]));
  return results;
}
