/**
 * A toy with real parts: letters instead of atoms, a tiny decoder on ONNX
 * Runtime, goals that count letters. A text is valid when it has a letter and
 * no "x"; its first letter stands for the scaffold.
 */
import type { z } from 'zod';
import { decoderParameters, type DecoderShape } from '../../../engine/generator/decoder.ts';
import { initialWeights } from '../../../engine/generator/parameters.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import type { Tokenizer } from '../../../engine/generator/types.ts';
import type { ScoredSequence, ScoreSequences } from '../../../engine/objectives/types.ts';
import { LocalRunner } from '../../../engine/soup/local.ts';
import { runMethods } from '../../../engine/soup/methods.ts';
import { goalsWithTokens } from '../../../engine/soup/ric.ts';
import { resolveSettings, type runSettingsSchema } from '../../../engine/soup/settings.ts';
import type { ExpertRunner, RoundCommit, RunParts, RunRequest, RunState } from '../../../engine/soup/types.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';

const letters = ['<>', 'a', 'b', 'c', 'd', 'e', 'x'];
export const shape: DecoderShape = {
  vocabulary: letters.length,
  layers: 1,
  width: 32,
  heads: 2,
  keyValueHeads: 1,
  context: 12,
};
export const prior = initialWeights(decoderParameters(shape), randomStream(11).normal);

export const tokenizer: Tokenizer = {
  vocabulary: letters,
  encode: (text) => Int32Array.from(['<>', ...text, '<>'], (letter) => letters.indexOf(letter)),
  decode: (tokens) =>
    [...tokens]
      .filter((t) => t !== 0)
      .map((t) => letters[t])
      .join(''),
};

const share = (text: string, letter: string) => [...text].filter((l) => l === letter).length / text.length;

/** Raw scores: share of "a", share of "b", length. Constraint: number of "e". */
function scoreOne(text: string): ScoredSequence {
  const valid = text.length > 0 && !text.includes('x');
  if (!valid) return { canonical: null, scaffold: null, raw: [null, null, null], constraints: [null] };
  return {
    canonical: text,
    scaffold: text[0],
    raw: [share(text, 'a'), share(text, 'b'), text.length],
    constraints: [share(text, 'e') * text.length],
  };
}

export const score: ScoreSequences = async (texts) => texts.map(scoreOne);

export function toyRequest(input: z.input<typeof runSettingsSchema>, seed = 1): RunRequest {
  const { settings, problems } = resolveSettings(
    {
      steps: 16,
      merge_every: 4,
      batch: 32,
      replay_memory: 'own',
      updates: 1,
      own_share: 1,
      warm_start: 0,
      outer_step: 'mean',
      learning_rate: 0.01,
      measure_samples: 32,
      final_samples: 128,
      diversity: false,
      ...(input.method === 'ric' ? {} : { trust_region: 0, sigma: input.loss === 'ppo' ? undefined : 20 }),
      ...input,
    },
    3,
  );
  if (settings === null) throw new Error(problems.map((p) => p.message).join(' '));
  return {
    settings,
    seed,
    objectives: [
      { goal: { kind: 'higher', from: 0, to: 1 }, weight: 0.4 },
      { goal: { kind: 'higher', from: 0, to: 1 }, weight: 0.4 },
      { goal: { kind: 'range', low: 4, high: 8, tolerance: 2 }, weight: 0.2 },
    ],
    constraints: [{ min: -Infinity, max: 2, tolerance: 0 }],
    prior,
  };
}

export function toyRunner(request: RunRequest, scorer: ScoreSequences = score): Promise<LocalRunner> {
  return LocalRunner.create({
    device: ortDevice({ id: 'cpu', threads: 1 }),
    shape,
    prior,
    tokenizer,
    guide: null,
    score: scorer,
    edit: null,
    settings: request.settings,
    goals: goalsWithTokens(request),
    slots: 16,
  });
}

export interface ToyRun {
  readonly state: RunState;
  readonly commits: RoundCommit[];
}

/** Runs to the end, or on from `from`; commits are kept as a workspace would: copied. */
export async function toyRun(
  request: RunRequest,
  runner: ExpertRunner,
  from: RunState | null = null,
  signal?: AbortSignal,
): Promise<ToyRun> {
  const commits: RoundCommit[] = [];
  const parts: RunParts = {
    runner,
    signal,
    observer: { merged: () => undefined, commitRound: async (commit) => void commits.push(structuredClone(commit)) },
  };
  return { state: await runMethods[request.settings.method](request, from, parts), commits };
}
