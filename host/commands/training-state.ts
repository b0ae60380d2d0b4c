/** @file Long trainings on the command line: their state on disk, and pausing with Ctrl-C. */
import { existsSync, readFileSync } from 'node:fs';
import { CheckpointError } from '../../engine/generator/safetensors.ts';
import { type PredictorOrigin, readPredictorState, writePredictorState } from '../../engine/learn/predictor-state.ts';
import type { PredictorObserver, PredictorTrainingState } from '../../engine/learn/predictor-training.ts';
import { InputError } from '../base/errors.ts';
import { writeWhole } from '../base/write-whole.ts';
import type { Terminal } from './terminal.ts';

/** @throws InputError if there is nothing to resume, or the state belongs to another training */
export function savedState(stateFile: string, origin: PredictorOrigin<unknown>): PredictorTrainingState {
  if (!existsSync(stateFile)) throw new InputError(`Nothing to resume: ${stateFile} does not exist.`);
  try {
    return readPredictorState(readFileSync(stateFile), origin);
  } catch (error) {
    if (error instanceof CheckpointError) throw new InputError(`Cannot resume from ${stateFile}: ${error.message}`);
    throw error;
  }
}

export interface StateKeeping {
  readonly origin: PredictorOrigin<unknown>;
  readonly stateFile: string;
  readonly terminal: Terminal;
}

/** Trains to the end or until Ctrl-C; the state on disk is at most one epoch old. */
export async function trainWithState(
  { origin, stateFile, terminal }: StateKeeping,
  training: (observer: Pick<PredictorObserver, 'signal' | 'onState'>) => Promise<PredictorTrainingState>,
): Promise<PredictorTrainingState> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    return await training({
      signal: stopping.signal,
      onState: (state) => writeWhole(stateFile, writePredictorState(state, origin)),
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    terminal.endProgress();
  }
}
