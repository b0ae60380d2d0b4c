/**
 * Whether candidates are in the applicability domain of the predictors that a run's goals use. It is not stored with
 * candidates. The scoring threads compute it on demand, remember the answers, and end after a minute without questions.
 */
import { getRun, type ReadableWorkspace, type Run } from '../../db/index.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { type AnyObjective, catalogue } from '../../engine/objectives/catalogue.ts';
import type { ObjectiveRequest, RawScores, ScoringRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { scoringRequest } from '../design/resolved.ts';
import { requirePinned } from '../models/pins.ts';
import { modalityOf, objectivesOf } from '../runs/setup.ts';
import { IdlePool } from '../scoring/idle-pool.ts';

export interface CheckedApplicability {
  /** Indices of the goals whose predictors have an applicability domain. */
  readonly goals: readonly number[];
  /** One row per sequence with one value per goal: 1 inside the applicability domain, 0 outside, null if unknown. */
  readonly rows: readonly RawScores[];
}

/** What is known of a goal's prediction besides its value. */
export interface PredictionTold {
  readonly goal: number;
  /** Whether the sequence is in the applicability domain; null if unknown. */
  readonly inside: boolean | null;
  /** Standard error, or another estimate of the error; null if there is none. */
  readonly error: number | null;
}

type Asks = NonNullable<ObjectiveRequest['asks']>;
/** A question, and the part of an objective that answers it. */
const QUESTIONS: readonly { readonly asks: Asks; readonly by: 'applicability' | 'standardError' }[] = [
  { asks: 'applicability', by: 'applicability' },
  { asks: 'error', by: 'standardError' },
];

export class ApplicabilityChecks {
  readonly #db: ReadableWorkspace;
  /** For one run at a time, because the user looks at one after another. */
  readonly #pool = new IdlePool();

  constructor(db: ReadableWorkspace) {
    this.#db = db;
  }

  /**
   * @throws NotFoundError for an unknown run; ContractError if a predictor is missing or has changed; InputError if one
   * is damaged
   */
  async check(runId: number, sequences: readonly string[]): Promise<CheckedApplicability> {
    const run = getRun(this.#db, runId);
    requirePinned(run);
    const modality = modalityOf(this.#db, run);
    const asking = scoringRequest({ modality, objectives: objectivesOf(run), constraints: [] }).objectives.map(
      tellable,
    );
    const goals = asking.flatMap((request, goal) => (request === null ? [] : [goal]));
    if (goals.length === 0 || sequences.length === 0) return { goals, rows: sequences.map(() => []) };
    const objectives = asking.filter((request) => request !== null);
    return { goals, rows: await this.#score(run, { modality, objectives, constraints: [] }, sequences) };
  }

  async #score(
    { id, predictors }: Run,
    request: ScoringRequest,
    sequences: readonly string[],
    what = 'applicability',
  ): Promise<RawScores[]> {
    try {
      return await this.#pool.score(`${id} ${what}`, { request, pins: predictors ?? [] }, sequences);
    } catch (error) {
      if (error instanceof ParameterError)
        throw new InputError(`Couldn't check the applicability domain of a predictor of this run. ${error.message}`);
      throw error;
    }
  }

  /** What is known of each goal's prediction for one sequence. @throws as `check` */
  async predictions(runId: number, sequence: string): Promise<PredictionTold[]> {
    const [row] = await this.predictionRows(runId, [sequence]);
    return row;
  }

  /** The same for many sequences, one row per sequence. */
  async predictionRows(runId: number, sequences: readonly string[]): Promise<PredictionTold[][]> {
    const run = getRun(this.#db, runId);
    requirePinned(run);
    const modality = modalityOf(this.#db, run);
    const { objectives: goals } = scoringRequest({ modality, objectives: objectivesOf(run), constraints: [] });
    const asked = goals.flatMap((request, goal) =>
      QUESTIONS.flatMap(({ asks, by }) =>
        objectiveOf(request)?.[by] === undefined ? [] : [{ goal, asks, request: { ...request, asks } }],
      ),
    );
    if (asked.length === 0 || sequences.length === 0) return sequences.map(() => []);
    const rows = await this.#score(
      run,
      { modality, objectives: asked.map(({ request }) => request), constraints: [] },
      sequences,
      'all',
    );
    const about = [...new Set(asked.map(({ goal }) => goal))];
    return rows.map((row) =>
      about.map((goal) => {
        const said = (asks: Asks) => row[asked.findIndex((one) => one.goal === goal && one.asks === asks)] ?? null;
        const inside = said('applicability');
        return { goal, inside: inside === null ? null : inside === 1, error: said('error') };
      }),
    );
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/**
 * The question for a goal whose predictor has an applicability domain; null for other goals, and for objectives that
 * this version no longer has.
 */
function tellable(request: ObjectiveRequest): ObjectiveRequest | null {
  return objectiveOf(request)?.applicability === undefined ? null : { ...request, asks: 'applicability' };
}

const objectiveOf = ({ id }: ObjectiveRequest): AnyObjective | undefined => catalogue.find((one) => one.id === id);
