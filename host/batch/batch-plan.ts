/** @file Everything that a batch is to run: each design with each seed, under an id that names it for ever. */
import type { PinnedFile } from '../../db/index.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { InputError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';
import { scoringRequest } from '../design/resolved.ts';
import { loadModel } from '../models/generators.ts';
import { predictorPins } from '../models/pins.ts';
import { readPlan } from './plan-file.ts';
import { type Variant, variantsOf } from './variants.ts';

/** One design with one seed. */
export interface PlannedRun {
  /** First hexadecimal digits of the SHA-256 of the complete design, its models and the seed. */
  readonly id: string;
  readonly seed: number;
  readonly variant: Variant;
}

export interface BatchPlan {
  readonly runs: readonly PlannedRun[];
  /** See Variants. */
  readonly badRows: readonly string[];
  readonly notes: readonly string[];
}

/** 48 bits: among 10,000 runs two share an id with a probability of 2e-7. */
const ID_DIGITS = 12;

/**
 * @param files plans and designs
 * @param seeds instead of those of the plans
 * @throws InputError with the place of each problem; for two equal runs
 */
export async function readBatch(
  files: readonly string[],
  chemistry: MoleculeContext,
  seeds?: readonly number[],
): Promise<BatchPlan> {
  const runs: PlannedRun[] = [];
  const [badRows, notes]: [string[], string[]] = [[], []];
  for (const file of files) {
    const plan = readPlan(file, seeds);
    const found = await variantsOf(plan, chemistry);
    badRows.push(...found.badRows);
    notes.push(...found.notes);
    for (const variant of found.variants) {
      const content = contentOf(variant);
      for (const seed of plan.seeds) runs.push({ id: idOf(content, seed), seed, variant });
    }
  }
  refuseEqual(runs);
  return { runs, badRows, notes };
}

interface Content {
  readonly design: Omit<Variant['resolved'], 'prior'>;
  readonly prior: string;
  readonly predictors: readonly PinnedFile[];
}

/** What a run's result follows from, beside the seed and the device. Files count by what they hold. */
function contentOf({ resolved: { prior, ...design } }: Variant): Content {
  return { design, prior: loadModel(prior).key, predictors: predictorPins(scoringRequest({ ...design })) };
}

const idOf = (content: Content, seed: number): string =>
  sha256(JSON.stringify(inOrder({ ...content, seed }))).slice(0, ID_DIGITS);

/** Keys sorted, so that equal content is equal text. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, inOrder(one)]),
  );
}

function refuseEqual(runs: readonly PlannedRun[]): void {
  const seen = new Map<string, PlannedRun>();
  for (const run of runs) {
    const first = seen.get(run.id);
    if (first !== undefined)
      throw new InputError(
        `Two runs are equal: ${run.variant.from} and ${first.variant.from}, both with seed ${run.seed}. Remove one of them.`,
      );
    seen.set(run.id, run);
  }
}
