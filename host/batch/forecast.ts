/** @file How long a batch takes on this machine, from runs of a workspace or from short trials. */
import type { ReadableWorkspace } from '../../db/index.ts';
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import { errorText } from '../base/errors.ts';
import { estimateOf, likeOf } from '../runs/estimate.ts';
import { type Pace, secondsOf } from '../runs/pace.ts';
import { tryDesign } from '../runs/trials.ts';
import type { BatchPlan, PlannedRun } from './batch-plan.ts';
import type { Variant } from './variants.ts';

export interface Forecaster {
  /** Runs of earlier designs; null where there are none. */
  readonly db: ReadableWorkspace | null;
  readonly device: () => Promise<ChoosableDevice>;
  /** For the user: what is tried, and what is not known. */
  readonly note: (text: string) => void;
}

/** Seconds of each run, one after another on all cores; null where they are not known. */
export async function forecast(
  { runs }: Pick<BatchPlan, 'runs'>,
  forecaster: Forecaster,
): Promise<ReadonlyMap<PlannedRun, number | null>> {
  const paces = new Map<string, Pace | null>();
  const seconds = new Map<Variant, number | null>();
  for (const { variant } of runs)
    if (!seconds.has(variant)) seconds.set(variant, await secondsFor(variant, paces, forecaster));
  return new Map(runs.map((run) => [run, seconds.get(run.variant)!]));
}

/** Designs with one generator and loss are taken to have one pace, so that a large plan needs few trials. */
async function secondsFor(
  { name, resolved }: Variant,
  paces: Map<string, Pace | null>,
  { db, device, note }: Forecaster,
): Promise<number | null> {
  const known = db && estimateOf(db, resolved);
  if (known?.sameGoals) return known.minutes * 60;
  const like = likeOf(resolved);
  if (!paces.has(like)) {
    note(`Training a few steps of ${name} to learn how long its runs take here.`);
    paces.set(like, await paceOf());
  }
  const pace = paces.get(like) ?? null;
  return pace && secondsOf(resolved, pace);

  async function paceOf(): Promise<Pace | null> {
    try {
      return await tryDesign(resolved, await device());
    } catch (error) {
      note(`The time of ${name} is not known: ${errorText(error)}`);
      return null;
    }
  }
}
