/** @file A batch: its runs side by side, each in its own folder, until all are finished or the user leaves. */
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import type { Consents } from '../external/consents.ts';
import type { PlannedRun } from './batch-plan.ts';
import type { BatchFolder, BatchRunState } from './folder.ts';
import { type Leaving, runOne } from './one-run.ts';

/** What is told while a batch runs. */
export type BatchEvent = { readonly run: PlannedRun; readonly state: BatchRunState };

export interface BatchOptions {
  readonly folder: BatchFolder;
  readonly consents: Consents;
  /** See RunTools. */
  readonly device: () => Promise<ChoosableDevice>;
  /** Runs side by side. */
  readonly jobs: number;
  /** For all runs together. */
  readonly cores: number;
  /** Whether the others run where one has failed. */
  readonly keepGoing: boolean;
  readonly leaving: Leaving;
  readonly tell: (event: BatchEvent) => void;
}

/** Runs by how they were left. */
export interface Outcome {
  /** That this batch began or continued. */
  readonly begun: number;
  readonly finished: number;
  readonly failed: number;
  /** Paused, or not begun. */
  readonly left: number;
}

/** Finished runs are skipped, the others begun or continued. */
export async function runBatch(runs: readonly PlannedRun[], options: BatchOptions): Promise<Outcome> {
  const { folder, jobs, keepGoing, leaving, cores } = options;
  const outcome = { begun: 0, finished: 0, failed: 0, left: 0 };
  const waiting = runs.filter(({ id }) => folder.state(id)?.state !== 'finished');
  outcome.finished = runs.length - waiting.length;
  outcome.left = waiting.length;
  const work = async () => {
    while (!leaving.afterRound.aborted && (keepGoing || outcome.failed === 0)) {
      const run = waiting.shift();
      if (run === undefined) return;
      outcome.begun++;
      const { state } = await runOne(run, {
        ...options,
        cores: Math.max(1, Math.floor(cores / jobs)),
        tell: (now) => options.tell({ run, state: now }),
      });
      if (state !== 'finished' && state !== 'failed') continue;
      outcome[state]++;
      outcome.left--;
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
  return outcome;
}
