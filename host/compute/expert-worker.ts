/**
 * Entry of an expert worker thread, which runs one job after another on its own device. RDKit runs in other threads:
 * sequences to score, and parents whose children are wanted, are sent to the owner of the pool.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { decoderShape } from '../../engine/generator/checkpoint.ts';
import { guideFor } from '../../engine/generator/generate.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import { type Child, type ChildRequest, hasChildren } from '../../engine/learn/children.ts';
import type { ScoredSequence } from '../../engine/objectives/types.ts';
import { LocalRunner } from '../../engine/soup/local.ts';
import type { JobProgress } from '../../engine/soup/types.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { threadPort } from '../workers/request-thread.ts';
import { type Answering, answerQuestions, Requests } from '../workers/requests.ts';
import type { ExpertWorkerData, FromExpert, Job, JobResult, ToExpert } from './expert-messages.ts';

/** Sequences that grow side by side. Larger batches cost more per step than they save here. */
const SLOTS = 32;

const scores = new Requests<ScoredSequence[]>();
const children = new Requests<(Child | null)[]>();
let running: AbortController | null = null;

function score(sequences: readonly string[]): Promise<ScoredSequence[]> {
  return scores.ask((id) => tell({ score: { id, question: sequences } }));
}

function edit(requests: readonly ChildRequest[]): Promise<(Child | null)[]> {
  return children.ask((id) => tell({ edit: { id, question: requests } }));
}

function tell(message: FromExpert): void {
  parentPort?.postMessage(message);
}

async function work(runner: LocalRunner, job: Job, { progress, transfer }: Answering<JobProgress>): Promise<JobResult> {
  const { signal } = (running = new AbortController());
  if (job.kind === 'sample') return { kind: 'sample', samples: await runner.sample(job, { signal }) };
  const result = await runner.train(job, { signal, progress });
  const { weights, moments } = result;
  // The worker no longer needs them.
  transfer([weights, moments.first, moments.second].map(({ buffer }) => buffer as ArrayBuffer));
  return { kind: 'train', result };
}

async function openRunner(): Promise<LocalRunner> {
  const { config, prior, generate, settings, goals, device, threads } = workerData as ExpertWorkerData;
  return LocalRunner.create({
    device: openDevice(device, { threads, load: createRequire(import.meta.url) }),
    shape: decoderShape(config),
    prior,
    tokenizer: tokenizerFor(config),
    guide: guideFor(generate, config),
    score,
    edit: hasChildren(generate) ? edit : null,
    settings,
    goals,
    slots: SLOTS,
  });
}

parentPort?.on('message', (message: ToExpert | object) => {
  if ('scored' in message) scores.take(message.scored);
  else if ('edited' in message) children.take(message.edited);
  else if ('abort' in message) running?.abort();
});
answerQuestions<Job, JobResult, JobProgress>(threadPort, async () => {
  const runner = await openRunner();
  return (job, answering) => work(runner, job, answering);
});
