/**
 * TF.js has one current backend per thread. Work that needs a certain backend goes through here, one piece after
 * another, and the previous backend is restored.
 */
import * as tf from './tf.ts';

let last: Promise<unknown> = Promise.resolve();

/** Runs synchronous `work` with `backend` as the current one. */
export function exclusively<T>(backend: string, work: () => T): Promise<T> {
  const mine = last.then(() => runOn(backend, work));
  last = mine.catch(() => undefined);
  return mine;
}

async function runOn<T>(backend: string, work: () => T): Promise<T> {
  const former = tf.engine().backendName;
  if (!(await tf.setBackend(backend))) throw new Error(`TF.js could not start its ${backend} backend.`);
  try {
    return work();
  } finally {
    if (former && former !== backend) await tf.setBackend(former);
  }
}
