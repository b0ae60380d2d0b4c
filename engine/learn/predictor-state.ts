/** @file The state of a predictor's training as one safetensors file, to resume after any interruption. */
import { z } from 'zod';
import { CheckpointError, readSafetensors, type StoredTensor, writeSafetensors } from '../generator/safetensors.ts';
import type { PredictorSettings, PredictorTrainingState } from './predictor-training.ts';

const FORMAT = 'amalgam-predictor-training-1';
const count = z.number().int().min(0);

const restSchema = z.object({
  finished: count,
  current: z.object({ epoch: count, adamSteps: count }).nullable(),
  curve: z.array(z.object({ member: count, epoch: count, training: z.number(), validation: z.number() })),
});

/** What a state belongs to. A state is refused if any of it differs. */
export interface PredictorOrigin<Settings = PredictorSettings> {
  readonly settings: Settings;
  readonly dataHash: string;
  /** Columns that are predicted, in order. */
  readonly columns: readonly string[];
}

export function writePredictorState(
  { finished, current, curve }: PredictorTrainingState,
  origin: PredictorOrigin<unknown>,
): Uint8Array {
  const tensors = new Map<string, StoredTensor>(
    finished.map((weights, member) => [`finished.${member}`, flat(weights)]),
  );
  if (current !== null) {
    const { weights, best, moments } = current;
    for (const [name, values] of Object.entries({ weights, best, first: moments.first, second: moments.second }))
      tensors.set(`current.${name}`, flat(values));
  }
  const rest = {
    finished: finished.length,
    current: current && { epoch: current.epoch, adamSteps: current.moments.steps },
    curve,
  };
  return writeSafetensors(
    tensors,
    { format: FORMAT, origin: JSON.stringify(origin), rest: JSON.stringify(rest) },
    'F32',
  );
}

function flat(values: Float32Array): StoredTensor {
  return { shape: [values.length], values };
}

/** @throws CheckpointError if the file is damaged, or belongs to other settings or data */
export function readPredictorState(file: Uint8Array, origin: PredictorOrigin<unknown>): PredictorTrainingState {
  const { tensors, metadata } = readSafetensors(file);
  if (metadata.format !== FORMAT) throw new CheckpointError("The file is not the state of a predictor's training.");
  if (metadata.origin !== JSON.stringify(origin))
    throw new CheckpointError(
      'The saved state belongs to a training with other settings or other data. Use the same ones, or start again without --resume.',
    );
  const { finished, current, curve } = restSchema.parse(JSON.parse(metadata.rest ?? '{}'));
  const values = (name: string) => {
    const stored = tensors.get(name);
    if (stored === undefined) throw new CheckpointError(`The saved state lacks ${name}.`);
    return stored.values;
  };
  const moments = (adamSteps: number) => ({
    first: values('current.first'),
    second: values('current.second'),
    steps: adamSteps,
  });
  return {
    finished: Array.from({ length: finished }, (_, member) => values(`finished.${member}`)),
    current: current && {
      epoch: current.epoch,
      weights: values('current.weights'),
      best: values('current.best'),
      moments: moments(current.adamSteps),
    },
    curve,
  };
}
