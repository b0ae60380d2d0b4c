/**
 * Whether the predictors that a run's goals ask have learnt from the like of its
 * candidates. It is not stored with candidates, but computed when it is asked for, in
 * the scoring threads, which remember what they were asked and end after a minute
 * without a question.
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
  /** Places of the goals whose predictor can tell. */
  readonly goals: readonly number[];
  /**
   * One row a sequence with a value a goal: 1 for what is like the training data, 0 for what is not, null where it
   * can't be told.
   */
  readonly rows: readonly RawScores[];
}

/** What is known of a goal's prediction beside its value. */
export interface PredictionTold {
  readonly goal: number;
  /** Whether the sequence is like what its predictor has learnt from; null where it can't be told. */
  readonly inside: boolean | null;
  /** Standard error, or what stands for it; null where there is none. */
  readonly error: number | null;
}

type Asks = NonNullable<ObjectiveRequest['asks']>;
/** What is asked, and by which part of an objective it is answered. */
const QUESTIONS: readonly { readonly asks: Asks; readonly by: 'applicability' | 'standardError' }[] = [
  { asks: 'applicability', by: 'applicability' },
  { asks: 'error', by: 'standardError' },
];

export class ApplicabilityChecks {
  readonly #db: ReadableWorkspace;
  /** One run's at a time: the user looks at one after another. */
  readonly #pool = new IdlePool();

  constructor(db: ReadableWorkspace) {
    this.#db = db;
  }

  /**
   * @throws NotFoundError for an unknown run; ContractError where a predictor is gone or another one now; InputError
   * where one is damaged
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

  /** What is known of each prediction for one sequence, by goal. @throws as `check` */
  async predictions(runId: number, sequence: string): Promise<PredictionTold[]> {
    const [row] = await this.predictionRows(runId, [sequence]);
    return row;
  }

  /** The same for many, a row a sequence. */
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

/** The question for a goal whose predictor can tell; null for others, and for those that this version no longer has. */
function tellable(request: ObjectiveRequest): ObjectiveRequest | null {
  return objectiveOf(request)?.applicability === undefined ? null : { ...request, asks: 'applicability' };
}

const objectiveOf = ({ id }: ObjectiveRequest): AnyObjective | undefined => catalogue.find((one) => one.id === id);
