/**
 * How samples of an untrained generator score on an objective. The form draws this
 * distribution under a goal's curve, goals are fitted to it on request, and preflight
 * uses it. Sampling runs in a compute process and scoring in worker threads, one request
 * after another, so that the host stays responsive.
 */
import { ContractError, type Parsed, type Result } from '../../contract/api.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import type { Generate } from '../../engine/generator/generate.ts';
import { type AnyObjective, findObjective, UnknownObjectiveError } from '../../engine/objectives/catalogue.ts';
import { fitGoals, histogram, quantile } from '../../engine/objectives/distribution.ts';
import { isExternal } from '../../engine/objectives/families/external.ts';
import { checkParameters } from '../../engine/objectives/parameters.ts';
import { refuseForeign } from '../../engine/objectives/scoring.ts';
import type { ObjectiveRequest, RawScores } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { forgetOldest } from '../base/forget-oldest.ts';
import type { Chemistry } from '../chemistry/service.ts';
import { Channel } from '../compute/channel.ts';
import { loadModel, type Model } from '../models/generators.ts';
import { asGiven } from '../models/predictors.ts';
import { startScoringPool } from '../scoring/pool.ts';
import { Queue } from '../workers/queue.ts';
import {
  defaultParameters,
  knownValues,
  PRIOR_SAMPLES,
  type PriorSamples,
  readPriorSamples,
  storePriorSamples,
} from './prior-samples.ts';
import { resolveParameters } from './structures.ts';

type Preview = Result<'design.preview'>;

const BINS = 32;
/** Distributions kept in memory, about 10 kB each. */
const REMEMBERED = 200;
/** Samples of designs that ask for a length or a scaffold. */
const SAMPLES_REMEMBERED = 4;
/** Quantiles of the distribution at which examples are shown. */
const EXAMPLES = [0.05, 0.5, 0.95];

export class Previews {
  readonly #chemistry: Chemistry;
  readonly #known = new Map<string, Promise<RawScores>>();
  readonly #samples = new Map<string, Promise<string[]>>();
  readonly #queue = new Queue();

  constructor(chemistry: Chemistry) {
    this.#chemistry = chemistry;
  }

  /** @throws InputError for an unknown objective, a parameter or a generator that cannot be used */
  async preview({ modality, prior, id, parameters }: Parsed<'design.preview'>): Promise<Preview> {
    const declared = named(() => findObjective(id));
    // A preview starts no external scorer.
    if (isExternal(id))
      throw new InputError('External scorers are not started for a preview. Their scores appear in a run.');
    const { objective, resolved } = await this.#chemistry.use((chemistry) =>
      named(() => {
        refuseForeign(declared, modality);
        const given = resolveParameters(declared, checkParameters(declared, parameters), {
          chemistry,
          folder: null,
        }).parameters;
        const objective = asGiven(declared, given);
        refuseForeign(objective, modality);
        return { objective, resolved: given };
      }),
    );
    const model = loadModel(prior);
    if (model.generator.config.modality !== modality)
      throw new InputError(
        `The generator "${prior}" does not generate what "${id}" scores: one is for molecules, the other for DNA.`,
        [{ path: 'prior', message: 'This generator does not generate what the goal scores.' }],
      );
    const { sequences, values } = await this.#queue.run(() => priorSamples(model));
    const raw =
      knownValues(objective, resolved, values) ??
      (await this.#scores(model, null, [{ id, parameters: resolved }], sequences))[0];
    return previewOf(objective, sequences, raw);
  }

  /**
   * Raw values of samples of an untrained generator, one row per objective; null for
   * external scorers, which are not started for this.
   * @param generate the design's conditions on every sequence; null for none
   * @param requests with parameters as in a resolved design
   */
  async sampleScores(
    prior: string,
    generate: Generate | null,
    requests: readonly ObjectiveRequest[],
  ): Promise<{ readonly count: number; readonly raw: (RawScores | null)[] }> {
    const model = loadModel(prior);
    const { sequences, values } = await this.#sample(model, generate);
    const known = requests.map(({ id, parameters }) =>
      isExternal(id) ? null : knownValues(findObjective(id), parameters, values),
    );
    const asked = requests.filter(({ id }, i) => !isExternal(id) && known[i] === null);
    const scored = new Map((await this.#scores(model, generate, asked, sequences)).map((raw, i) => [asked[i], raw]));
    return { count: sequences.length, raw: requests.map((request, i) => known[i] ?? scored.get(request) ?? null) };
  }

  async #sample(model: Model, generate: Generate | null): Promise<Pick<PriorSamples, 'sequences' | 'values'>> {
    if (generate === null) return this.#queue.run(() => priorSamples(model));
    const place = JSON.stringify([model.key, generate]);
    const sequences =
      this.#samples.get(place) ??
      keepLast(
        this.#samples,
        place,
        this.#queue.run(() => draw(model.file, generate)),
        SAMPLES_REMEMBERED,
      );
    return { sequences: await sequences, values: {} };
  }

  /**
   * Requests that were not asked before are scored together, so that a predictor's result is computed once for all of
   * them.
   */
  #scores(
    {
      key,
      generator: {
        config: { modality },
      },
    }: Model,
    generate: Generate | null,
    requests: readonly ObjectiveRequest[],
    sequences: readonly string[],
  ): Promise<RawScores[]> {
    const places = requests.map((request) => JSON.stringify([key, generate, request]));
    const known = places.map((place) => this.#known.get(place));
    const fresh = [
      ...new Map(places.flatMap((place, i) => (known[i] === undefined ? [[place, requests[i]] as const] : []))),
    ];
    const rows =
      fresh.length === 0
        ? Promise.resolve([])
        : this.#queue.run(() =>
            scoreAll({ modality, objectives: fresh.map(([, request]) => request), constraints: [] }, sequences),
          );
    const made = new Map(
      fresh.map(([place], i) => [
        place,
        keepLast(
          this.#known,
          place,
          rows.then((all) => all.map((row) => row[i])),
          REMEMBERED,
        ),
      ]),
    );
    return Promise.all(places.map((place, i) => known[i] ?? made.get(place)!));
  }
}

/** Failures are not kept, so they are tried again; the oldest entries beyond `most` are discarded. */
function keepLast<T>(kept: Map<string, Promise<T>>, place: string, made: Promise<T>, most: number): Promise<T> {
  kept.set(place, made);
  made.catch(() => kept.delete(place));
  forgetOldest(kept, most);
  return made;
}

/** Turns errors of the request into problems with their place. */
function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (error instanceof UnknownObjectiveError)
    return new InputError(error.message, [{ path: 'id', message: error.message }]);
  if (error instanceof ParameterError)
    return new InputError(error.message, [{ path: `parameters.${error.parameter}`, message: error.message }]);
  return error;
}

/** Draws and stores the samples if there are none yet. */
async function priorSamples(model: Model): Promise<PriorSamples> {
  const known = readPriorSamples(model);
  if (known) return known;
  const drawn = { generator: model.key, sequences: await draw(model.file, null), values: {} };
  storePriorSamples(model, drawn);
  return drawn;
}

async function draw(priorFile: string, generate: Generate | null): Promise<string[]> {
  const channel = new Channel();
  try {
    const answer = await channel.ask({ type: 'draw', priorFile, count: PRIOR_SAMPLES, generate });
    if (answer.type !== 'drawn') throw new ContractError('failed', 'The compute process gave an unexpected answer.');
    return [...answer.sequences];
  } finally {
    await channel.process.end();
  }
}

/** @returns one row per sequence, with one value per objective */
async function scoreAll(
  request: Parameters<typeof startScoringPool>[0]['request'],
  sequences: readonly string[],
): Promise<RawScores[]> {
  try {
    const pool = await startScoringPool({ request, workers: 1 });
    try {
      return (await pool.score(sequences)).map(({ raw }) => raw);
    } finally {
      await pool.dispose();
    }
  } catch (error) {
    throw translated(error);
  }
}

function previewOf(objective: AnyObjective, sequences: readonly string[], raw: RawScores): Preview {
  const scored = sequences
    .flatMap((sequence, i) => (raw[i] === null ? [] : [{ sequence, raw: raw[i] }]))
    .sort((a, b) => a.raw - b.raw);
  const values = scored.map((one) => one.raw);
  const counts = { count: values.length, missing: sequences.length - values.length };
  if (values.length === 0) return { ...counts, histogram: null, quantiles: null, examples: [], fitted: {} };
  const [q05, q25, q50, q75, q95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantile(values, p));
  const { low, high, counts: bins } = histogram(values, BINS);
  const examples = EXAMPLES.map((p) => scored[Math.round(p * (scored.length - 1))]);
  return {
    ...counts,
    histogram: { low, high, counts: [...bins] },
    quantiles: { q05, q25, q50, q75, q95 },
    examples,
    fitted: fitGoals(objective, values),
  };
}

/**
 * Samples a generator and scores the samples with every objective whose parameters all have defaults.
 * @param beside see storePriorSamples
 * @returns the file
 */
export async function measureGenerator(
  model: Model,
  objectives: readonly AnyObjective[],
  beside: boolean,
): Promise<string> {
  const sequences = await draw(model.file, null);
  const { modality } = model.generator.config;
  const able = objectives.flatMap((objective) => {
    const parameters = objective.modality === modality ? defaultParameters(objective) : null;
    return parameters === null ? [] : [{ id: objective.id, parameters }];
  });
  const rows = await scoreAll({ modality, objectives: able, constraints: [] }, sequences);
  const values = Object.fromEntries(able.map(({ id }, i) => [id, rows.map((row) => short(row[i]))]));
  return storePriorSamples(model, { generator: model.key, sequences, values }, beside);
}

/** Six digits are enough for histograms and defaults. */
const short = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));
