/**
 * The results of all shipped activity predictors for a DNA sequence, whether or not the design has them as goals:
 * value, standard error, and whether the sequence is in the applicability domain.
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

/** With a caution of -1 the score is the value plus one standard error, so the difference is the error. */
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
   * One entry per installed predictor, in the catalogue's order.
   * @param run that the sequence comes from
   * @throws Error if a predictor is damaged; ContractError if one that the run's goals use has changed
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
