/**
 * Entry of an expert worker thread: a device of its own, on which it does one
 * job after another. RDKit lives in other threads: sequences to score are sent
 * to the pool's owner.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { decoderShape } from '../../engine/generator/checkpoint.ts';
import { guideFor } from '../../engine/generator/generate.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import type { ScoredSequence } from '../../engine/objectives/types.ts';
import { LocalRunner } from '../../engine/soup/local.ts';
import type { ExpertJob, ExpertResult, SampleJob } from '../../engine/soup/types.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { failureData } from '../workers/failure.ts';
import type { ExpertWorkerData, FromExpert, ToExpert } from './expert-messages.ts';

/** Sequences grown side by side: larger batches cost more a step than they save here. */
const SLOTS = 32;

interface Waiting {
  readonly resolve: (scored: ScoredSequence[]) => void;
  readonly reject: (error: Error) => void;
}

let scores: Waiting | null = null;
let running: AbortController | null = null;

function say(message: FromExpert, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function score(sequences: readonly string[]): Promise<ScoredSequence[]> {
  return new Promise((resolve, reject) => {
    scores = { resolve, reject };
    say({ type: 'score', sequences });
  });
}

async function work(runner: LocalRunner, job: ExpertJob | SampleJob): Promise<void> {
  running = new AbortController();
  const { signal } = running;
  try {
    if (job.kind === 'sample') say({ type: 'sampled', samples: await runner.sample(job, { signal }) });
    else sayTrained(await runner.train(job, { signal, progress: (progress) => say({ type: 'progress', progress }) }));
  } catch (error) {
    say({ type: 'failed', error: failureData(error) });
  }
}

/** Weights are handed over, not copied: the worker needs them no more. */
function sayTrained(result: ExpertResult): void {
  const { weights, moments } = result;
  say(
    { type: 'trained', result },
    [weights, moments.first, moments.second].map(({ buffer }) => buffer as ArrayBuffer),
  );
}

function receive(runner: LocalRunner, message: ToExpert): void {
  switch (message.type) {
    case 'job':
      void work(runner, message.job);
      break;
    case 'scored':
      scores?.resolve(message.scored);
      break;
    case 'scoring-failed':
      scores?.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
      break;
    case 'abort':
      running?.abort();
  }
}

async function start(): Promise<void> {
  const { config, prior, generate, settings, device, threads } = workerData as ExpertWorkerData;
  const opened = openDevice(device, { threads, load: createRequire(import.meta.url) });
  const tokenizer = tokenizerFor(config);
  const runner = await LocalRunner.create({
    device: opened,
    shape: decoderShape(config),
    prior,
    tokenizer,
    guide: guideFor(generate, config),
    score,
    settings,
    slots: SLOTS,
  });
  parentPort?.on('message', (message: ToExpert) => receive(runner, message));
  say({ type: 'ready' });
}

start().catch((error: unknown) => say({ type: 'failed', error: failureData(error) }));
