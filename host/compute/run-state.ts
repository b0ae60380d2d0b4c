/**
 * Converts the state of a run to bytes and back. Weights and moments are safetensors, the record of seen sequences is
 * raw arrays, the rest is JSON. Equal states give equal bytes, on which the exact resume rests.
 */
import { z } from 'zod';
import { type GeneratorConfig, readGenerator, writeGenerator } from '../../engine/generator/checkpoint.ts';
import type { Weights } from '../../engine/generator/parameters.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from '../../engine/generator/safetensors.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';
import type {
  DiversityState,
  ExpertState,
  Moments,
  ReplayEntry,
  RunState,
  SharedEntry,
} from '../../engine/soup/types.ts';
import type { StoredState } from './messages.ts';

const count = z.number().int().min(0);

/** One digit per token; absent if no guide was active. */
const forcedTokens = z
  .string()
  .regex(/^[01]*$/)
  .optional();

/** What any replay memory keeps of a sequence. */
const replayed = z.object({
  canonical: z.string(),
  tokens: z.array(count),
  logPrior: z.number(),
  forced: forcedTokens,
});

const scores = z.array(z.number().nullable());

const sharedEntry = replayed.extend({
  scaffold: z.string(),
  scores,
  constraints: scores,
  total: z.number().nullable(),
  factor: z.number(),
});

const restSchema = z.object({
  round: count,
  step: count,
  counters: z.object({ scored: count, valid: count, unique: count, trained: count, searched: count, measured: count }),
  /** Optimizer steps of the averaged moments; null if there are none. */
  mergedSteps: count.nullable(),
  memory: z.object({ molecules: count, scaffolds: count }),
  /** Absent in states from before learned constraints existed; they have none. */
  multipliers: z.array(z.number()).optional(),
  /** Absent if each expert has its own replay memory, as in all runs from before it could be shared. */
  shared: z.array(sharedEntry).optional(),
  /** Present for the method ric alone. */
  archive: z.array(sharedEntry.extend({ stage: count })).optional(),
  experts: z.array(
    z.object({
      objective: count.nullable(),
      steps: count,
      momentSteps: count.nullable(),
      criticSteps: count.nullable(),
      trained: z.boolean(),
      replay: z.array(replayed.extend({ reward: z.number() })),
    }),
  ),
});

type Replayed = z.infer<typeof replayed>;
type Rest = z.infer<typeof restSchema>;

/** Weights as the file of a generator without history. Equal weights give equal bytes. */
export function weightsFile(config: GeneratorConfig, weights: Weights): Uint8Array {
  return writeGenerator({ config, weights, history: {} }, 'F32');
}

/** The optimizer's moments, and critics or reward tokens: the large parts besides the weights. */
export function momentsFile(
  { mergedMoments, experts }: Pick<RunState, 'mergedMoments' | 'experts'>,
  settings: RunSettings,
): Uint8Array {
  return writeSafetensors(
    new Map([
      ...momentTensors('merged', mergedMoments),
      ...withoutLostMoments(experts, settings).flatMap(expertTensors),
    ]),
    {},
    'F32',
  );
}

/** The stored parts of a state besides weights and moments, by name. */
export function encodeRest(state: RunState, settings: RunSettings): Record<'memory' | 'rest', Uint8Array> {
  const experts = withoutLostMoments(state.experts, settings);
  return {
    memory: encodeMemory(state.memory),
    rest: new TextEncoder().encode(JSON.stringify(restOf({ ...state, experts }))),
  };
}

function withoutLostMoments(experts: readonly ExpertState[], settings: RunSettings): readonly ExpertState[] {
  return keepsOwnMoments(settings) ? experts : experts.map((expert) => ({ ...expert, moments: null }));
}

/** If a merge resets or averages the moments, no expert continues with its own. */
function keepsOwnMoments({ method, moments }: RunSettings): boolean {
  return method !== 'iterative' || moments === 'keep';
}

const flat = (values: Float32Array): StoredTensor => ({ shape: [values.length], values });

function momentTensors(name: string, moments: Moments | null): [string, StoredTensor][] {
  return moments === null
    ? []
    : [
        [`${name}.first`, flat(moments.first)],
        [`${name}.second`, flat(moments.second)],
      ];
}

/** Extra parameters have the name that files have used since the critic was the only one. */
function expertTensors({ moments, extra }: ExpertState, i: number): [string, StoredTensor][] {
  const critic: [string, StoredTensor][] =
    extra === null
      ? []
      : [[`critic.${i}.weights`, flat(extra.weights)], ...momentTensors(`critic.${i}`, extra.moments)];
  return [...momentTensors(`expert.${i}`, moments), ...critic];
}

function restOf({
  round,
  step,
  counters,
  mergedMoments,
  memory,
  multipliers,
  shared,
  archive,
  experts,
}: RunState): Rest {
  return {
    round,
    step,
    counters,
    mergedSteps: mergedMoments?.steps ?? null,
    memory: { molecules: memory.moleculeKeys.length, scaffolds: memory.scaffoldKeys.length },
    multipliers: [...multipliers],
    ...(shared.length > 0 && { shared: shared.map(writtenShared) }),
    ...(archive.length > 0 && { archive: archive.map((entry) => ({ ...writtenShared(entry), stage: entry.stage })) }),
    experts: experts.map(({ objective, steps, weights, moments, extra, replay }) => ({
      objective,
      steps,
      momentSteps: moments?.steps ?? null,
      criticSteps: extra?.moments.steps ?? null,
      trained: weights !== null,
      replay: replay.map(({ reward, ...entry }) => ({ ...writtenEntry(entry), reward })),
    })),
  };
}

type Entry = Omit<ReplayEntry, 'reward'>;

function writtenEntry({ canonical, tokens, logPrior, forced }: Entry): Replayed {
  return { canonical, tokens: [...tokens], logPrior, ...(forced && { forced: forced.join('') }) };
}

function writtenShared({ scaffold, scores, constraints, total, factor, ...entry }: SharedEntry) {
  return {
    ...writtenEntry(entry),
    scaffold,
    scores: [...scores],
    constraints: [...constraints],
    total,
    factor,
  };
}

function readEntry<Written extends Replayed>({ tokens, forced, ...rest }: Written) {
  return {
    ...rest,
    tokens: Int32Array.from(tokens),
    forced: forced === undefined ? null : Uint8Array.from(forced, Number),
  };
}

function encodeMemory({ moleculeKeys, scaffoldKeys, moleculeCounts, scaffoldCounts }: DiversityState): Uint8Array {
  const parts = [moleculeKeys, scaffoldKeys, moleculeCounts, scaffoldCounts].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return new Uint8Array(Buffer.concat(parts));
}

function decodeMemory(bytes: Uint8Array, { molecules: m, scaffolds: s }: Rest['memory']): DiversityState {
  // A copy, because the arrays need an aligned buffer of their own.
  const { buffer } = new Uint8Array(bytes);
  return {
    moleculeKeys: new Float64Array(buffer, 0, m),
    scaffoldKeys: new Float64Array(buffer, 8 * m, s),
    moleculeCounts: new Int32Array(buffer, 8 * (m + s), m),
    scaffoldCounts: new Int32Array(buffer, 8 * (m + s) + 4 * m, s),
  };
}

/** @throws Error if a part is missing; CheckpointError if one is damaged */
export function decodeState({ merged, experts, states }: StoredState): RunState {
  const rest = restSchema.parse(JSON.parse(new TextDecoder().decode(part(states, 'rest'))));
  const { tensors } = readSafetensors(part(states, 'moments'));
  const values = (name: string) => tensor(tensors, name);
  const moments = (name: string, steps: number | null): Moments | null =>
    steps === null ? null : { first: values(`${name}.first`), second: values(`${name}.second`), steps };
  const weights = readGenerator(merged).weights;
  const expert = (
    { objective, steps, momentSteps, criticSteps, trained, replay }: Rest['experts'][number],
    i: number,
  ): ExpertState => ({
    objective,
    steps,
    weights: trained ? expertWeights(experts, objective, weights) : null,
    moments: moments(`expert.${i}`, momentSteps),
    extra:
      criticSteps === null
        ? null
        : { weights: values(`critic.${i}.weights`), moments: moments(`critic.${i}`, criticSteps)! },
    replay: replay.map(readEntry),
  });
  const { round, step, counters, multipliers = [], shared = [], archive = [] } = rest;
  return {
    round,
    step,
    counters,
    multipliers,
    shared: shared.map(readEntry),
    archive: archive.map(readEntry),
    merged: weights,
    mergedMoments: moments('merged', rest.mergedSteps),
    memory: decodeMemory(part(states, 'memory'), rest.memory),
    experts: rest.experts.map(expert),
  };
}

/** The only policy of a method without experts is the merge itself. */
function expertWeights(experts: ReadonlyMap<number, Uint8Array>, objective: number | null, merged: Weights): Weights {
  if (objective === null) return merged;
  const file = experts.get(objective);
  if (file === undefined) throw new Error(`The stored state lacks the weights of expert ${objective + 1}.`);
  return readGenerator(file).weights;
}

function part(states: StoredState['states'], name: string): Uint8Array {
  const bytes = states[name];
  if (bytes === undefined) throw new Error(`The stored state lacks its part "${name}".`);
  return bytes;
}

function tensor(tensors: ReadonlyMap<string, StoredTensor>, name: string): Float32Array {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`The stored state lacks ${name}.`);
  return found.values;
}
