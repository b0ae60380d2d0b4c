/** @file The state of a pre-training as one safetensors file, to resume after any interruption. */
import { z } from 'zod';
import { CheckpointError, readSafetensors, type StoredTensor, writeSafetensors } from '../generator/safetensors.ts';
import type { PretrainSettings, PretrainState } from './pretrain.ts';

const FORMAT = 'amalgam-pretraining-1';
const count = z.number().int().min(0);

const restSchema = z.object({
  step: count,
  tokens: count,
  adamSteps: count,
  reader: z.object({ epoch: count, cursor: count, carried: z.array(count) }),
  curve: z.array(z.object({ step: count, tokens: count, train: z.number(), validation: z.number() })),
  running: z.object({ loss: z.number(), steps: count }),
  finished: z.enum(['tokens', 'early stop']).nullable(),
});

/** What a state belongs to. A state is refused if any of it differs. */
export interface PretrainOrigin {
  readonly settings: PretrainSettings;
  readonly dataHash: string;
}

export function writePretrainState(state: PretrainState, origin: PretrainOrigin): Uint8Array {
  const { weights, best, trainer, step, tokens, reader, curve, running, finished } = state;
  const rest = { step, tokens, adamSteps: trainer.adam.steps, reader, curve, running, finished };
  const tensor = (values: Float32Array): StoredTensor => ({ shape: [values.length], values });
  const tensors = new Map([
    ['weights', tensor(weights)],
    ['adam.first', tensor(trainer.adam.first)],
    ['adam.second', tensor(trainer.adam.second)],
  ]);
  if (best !== null) tensors.set('best', tensor(best));
  if (trainer.momentum !== null) tensors.set('momentum', tensor(trainer.momentum));
  return writeSafetensors(
    tensors,
    { format: FORMAT, origin: JSON.stringify(origin), rest: JSON.stringify(rest) },
    'F32',
  );
}

/** @throws CheckpointError if the file is damaged, or belongs to other settings or data */
export function readPretrainState(file: Uint8Array, origin: PretrainOrigin): PretrainState {
  const { tensors, metadata } = readSafetensors(file);
  if (metadata.format !== FORMAT) throw new CheckpointError('The file is not the state of a pre-training.');
  if (metadata.origin !== JSON.stringify(origin))
    throw new CheckpointError(
      'The saved state belongs to a training with other settings or other data. Use the same ones, or start again without --resume.',
    );
  const { adamSteps, ...rest } = restSchema.parse(JSON.parse(metadata.rest ?? '{}'));
  const values = (name: string) => {
    const stored = tensors.get(name);
    if (stored === undefined) throw new CheckpointError(`The saved state lacks ${name}.`);
    return stored.values;
  };
  const momentum = tensors.has('momentum') ? values('momentum') : null;
  const best = tensors.has('best') ? values('best') : null;
  return {
    ...rest,
    best,
    weights: values('weights'),
    trainer: { adam: { first: values('adam.first'), second: values('adam.second'), steps: adamSteps }, momentum },
  };
}
