/**
 * Raw values of approved drugs, for the percentile of a molecule's value among them. An objective is computed for all
 * drugs on first use. The values are kept in the user's data folder until the program, the table of drugs or the
 * predictor changes.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { nearest } from '../../engine/base/nearest.ts';
import { present } from '../../engine/learn/statistics.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { isExternal } from '../../engine/objectives/families/external.ts';
import { percentileRank } from '../../engine/objectives/percentile.ts';
import type { ObjectiveRequest, RawScores } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { dataFolder, version } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { writeWhole } from '../base/write-whole.ts';
import { approvedDrugs, drugClasses, isOfClass } from '../design/names/drugs.ts';
import { predictorPins } from '../models/pins.ts';
import { startScoringPool } from '../scoring/pool.ts';
import { Queue } from '../workers/queue.ts';

const stored = z.array(z.number().nullable());
/** Percentiles in a class with fewer drugs would say little. */
const FEWEST_DRUGS = 10;

/** The values to compare with, for one objective in ascending order; empty if the objective cannot be compared. */
export type Comparison = readonly number[];

/** Percentile of a value among others, in percent; null without a value or without others. */
export function rankIn(sorted: Comparison, value: number | null): number | null {
  return value === null || sorted.length === 0 ? null : percentileRank(sorted, value);
}

export class DrugScores {
  /** By key, including those in progress. */
  readonly #known = new Map<string, Promise<RawScores>>();
  readonly #folder: string;
  readonly #queue = new Queue();

  /** @param folder in which values are kept */
  constructor(folder = join(dataFolder(), 'approved-drugs')) {
    this.#folder = folder;
  }

  /**
   * Sorted values of the drugs of a class for each request, with the drugs' structures as SMILES. Empty for objectives
   * of DNA and for external scorers.
   * @param code ATC code of any level; '' for all drugs
   * @throws InputError for an unknown class
   */
  async comparisons(requests: readonly ObjectiveRequest[], code: string): Promise<Comparison[]> {
    const members = membersOf(code);
    const columns = await Promise.all(
      requests.map((request) => (isComparable(request) ? this.#values(request) : Promise.resolve(null))),
    );
    return columns.map((column) =>
      column === null ? [] : present(members.map((drug) => column[drug])).sort((a, b) => a - b),
    );
  }

  #values(request: ObjectiveRequest): Promise<RawScores> {
    const key = keyOf(request);
    let values = this.#known.get(key);
    if (values === undefined) {
      values = this.#queue.run(() => this.#readOrScore(key, request));
      values.catch(() => this.#known.delete(key));
      this.#known.set(key, values);
    }
    return values;
  }

  async #readOrScore(key: string, request: ObjectiveRequest): Promise<RawScores> {
    const file = join(this.#folder, `${key}.json.gz`);
    if (existsSync(file)) return stored.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
    const values = await scoreDrugs(request);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, gzipSync(JSON.stringify(values)));
    return values;
  }
}

async function scoreDrugs(request: ObjectiveRequest): Promise<RawScores> {
  const pool = await startScoringPool({ request: { modality: 'molecule', objectives: [request], constraints: [] } });
  try {
    return (await pool.score(approvedDrugs().map(({ smiles }) => smiles))).map(({ raw: [value] }) => value);
  } finally {
    await pool.dispose();
  }
}

/**
 * Whether drugs have values of the objective. They have none of DNA objectives, external scorers and user predictors.
 */
export function isComparable({ id }: ObjectiveRequest): boolean {
  return findObjective(id).modality === 'molecule' && !isExternal(id);
}

/**
 * Depends on the program's version, the drugs, the objective, its parameters and the content of its predictor's files.
 */
function keyOf(request: ObjectiveRequest): string {
  const drugs = approvedDrugs().map(({ smiles }) => smiles);
  const predictors = predictorPins({ objectives: [request], constraints: [] });
  return sha256(JSON.stringify([version, drugs, request.id, Object.entries(request.parameters).sort(), predictors]));
}

/** Indices of a class's drugs in the table. */
function membersOf(code: string): number[] {
  const members = [...approvedDrugs().entries()].flatMap(([i, drug]) => (isOfClass(drug, code) ? [i] : []));
  if (members.length >= FEWEST_DRUGS) return members;
  const near = nearest(
    code,
    [...drugClasses().keys()].filter((one) => one.length === code.length),
  );
  const hint =
    near === undefined
      ? 'A code has 1, 3, 4 or 5 characters, such as N, N02, N02B or N02BA.'
      : `The nearest known code is "${near}".`;
  throw new InputError(
    `${members.length === 0 ? 'No' : `Only ${members.length}`} approved ${members.length === 1 ? 'drug has' : 'drugs have'} an ATC code that starts with "${code}", and at least ${FEWEST_DRUGS} are needed. ${hint}`,
  );
}

/** Classes of the first two levels with enough drugs, as choices for the user. */
export function comparableClasses(): { code: string; name: string; count: number }[] {
  const classes = [...drugClasses()].filter(([code]) => code.length <= 3);
  const counted = classes.map(([code, name]) => ({
    code,
    name,
    count: approvedDrugs().filter((drug) => isOfClass(drug, code)).length,
  }));
  return counted.filter(({ count }) => count >= FEWEST_DRUGS);
}
