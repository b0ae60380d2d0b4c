/**
 * Entry of the compute process: it trains a run, samples for steering or tries a device, as the host asks. It owns the
 * worker threads and writes nothing to disk. If it dies, the host lives on; if the host dies, it ends.
 */
import { createRequire } from 'node:module';
import { measureStep, selfTest } from '../../engine/generator/self-test.ts';
import { tryDevice } from '../../engine/tensor/devices.ts';
import { failureData, isAbort } from '../workers/failure.ts';
import { drawValid } from './draw.ts';
import { ExternalClient } from './external-client.ts';
import type { FromCompute, ToCompute } from './messages.ts';
import { type RunControl, startRun } from './run.ts';
import { openSteering, type Steering } from './steer.ts';

function send(message: FromCompute): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}

const external = new ExternalClient(send);
let run: RunControl | null = null;
let steering: Steering | null = null;

async function answer(message: ToCompute): Promise<void> {
  switch (message.type) {
    case 'run':
      run = startRun(message.setup, message.state, { send, external: external.score });
      await run.finished;
      return send({ type: 'finished' });
    case 'committed':
      return run?.committed(message.round);
    case 'open-steering':
      await steering?.dispose();
      steering = await openSteering(message.setup, message.state, message.round, external.score);
      return send({ type: 'steering-open' });
    case 'steer':
      if (steering === null) throw new Error('Steering was not opened.');
      return send({ type: 'steered', answer: await steering.sample(message.question) });
    case 'draw':
      return send({ type: 'drawn', sequences: await drawValid(message) });
    case 'external':
      return external.take(message.reply);
    case 'probe':
      return send({
        type: 'probed',
        report: await tryDevice(
          message.device,
          { threads: message.threads, load: createRequire(import.meta.url) },
          { selfTest, measureStep },
        ),
      });
  }
}

async function fail(error: unknown): Promise<void> {
  if (!isAbort(error)) await send({ type: 'failed', error: failureData(error) });
}

process.on('message', (message: ToCompute) => void answer(message).catch(fail));
process.on('disconnect', () => process.exit(0));
// Ctrl-C in a terminal and the signals of a batch system reach the whole process group. The host decides what happens
// to the run.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const) process.on(signal, () => undefined);
