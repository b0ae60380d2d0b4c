/**
 * What every shipped predictor of activity says of a sequence of DNA, whatever the
 * goals of its design: the value, its standard error, and whether the predictor
 * has learnt from the like.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PredictedActivity } from '../../contract/api.ts';
import type { Run } from '../../db/index.ts';
import { activities, type Activity } from '../../engine/objectives/families/dna/activity.ts';
import type { ObjectiveRequest, RawScores, ScoringRequest } from '../../engine/objectives/types.ts';
import { modelsFolder } from '../base/paths.ts';
import { pinnedFor } from '../models/pins.ts';
import { IdlePool } from '../scoring/idle-pool.ts';

/** Caution of -1 adds one standard error to the value: the difference is the error. */
const questions = ({ id }: Activity): ObjectiveRequest[] => [
  { id, parameters: {} },
  { id, parameters: { caution: -1 } },
  { id, parameters: {}, asks: 'applicability' },
];

export class Activities {
  readonly #pool = new IdlePool();
  readonly #folder: string;

  /** @param folder of the shipped models */
  constructor(folder = modelsFolder) {
    this.#folder = folder;
  }

  /**
   * One entry a predictor that is installed, in the catalogue's order.
   * @param run that the sequence comes from
   * @throws Error where one is damaged; ContractError where one that the run's goals ask is another one now
   */
  async of(sequence: string, run: Pick<Run, 'id' | 'predictors'>): Promise<PredictedActivity[]> {
    const installed = activities.filter(({ model }) => existsSync(join(this.#folder, model, `${model}.safetensors`)));
    if (installed.length === 0) return [];
    const request: ScoringRequest = { modality: 'dna', objectives: installed.flatMap(questions), constraints: [] };
    const pins = pinnedFor(run, request);
    const [row] = await this.#pool.score(
      JSON.stringify([installed.map(({ id }) => id), pins]),
      { request, pins, workers: 1 },
      [sequence],
    );
    return installed.map((activity, i) => answer(activity, row.slice(3 * i, 3 * i + 3)));
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function answer({ id, bases, fewest }: Activity, [value, raised, inside]: RawScores): PredictedActivity {
  return {
    objective: id,
    value,
    error: value === null || raised === null ? null : raised - value,
    inside: inside === 1,
    reads: bases,
    fewest,
  };
}
