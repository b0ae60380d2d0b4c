/**
 * The plainest device there is: eager TF.js on its own CPU kernels. Slow and
 * obvious; other devices and the learning code are checked against it.
 */
import '@tensorflow/tfjs-backend-cpu';
import { env } from '@tensorflow/tfjs-core';
import { eagerDevice } from '../../engine/tensor/eager.ts';

// Otherwise TF.js greets on first use and advises another backend.
env().set('IS_NODE', false);

export const referenceDevice = eagerDevice({
  id: 'reference',
  backend: 'cpu',
  label: 'Reference, 1 thread',
  threads: 1,
});
