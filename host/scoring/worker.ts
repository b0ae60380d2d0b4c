/**
 * Entry of a scoring worker thread: loads what the request's modality needs (RDKit
 * and tables for molecules), prepares the objectives, then answers batches one
 * at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { DnaScoring, MoleculeScoring, type SequenceScoring } from '../../engine/objectives/scoring.ts';
import { dnaContext, loadMoleculeContext } from '../chemistry/chemistry.ts';
import { readPinned } from '../models/pins.ts';
import type { ErrorData, ScoringAnswer, ScoringQuestion, ScoringWorkerData } from './messages.ts';

function errorData(error: unknown): ErrorData {
  if (error instanceof ParameterError) return { name: error.name, message: error.message, parameter: error.parameter };
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function answer(message: ScoringAnswer): void {
  parentPort?.postMessage(message);
}

async function reply(scoring: SequenceScoring, { sequences }: ScoringQuestion): Promise<void> {
  try {
    answer({ type: 'scored', scored: await scoring.score(sequences) });
  } catch (error) {
    answer({ type: 'failed', error: errorData(error) });
  }
}

async function openScoring({ request, remembered, pins }: ScoringWorkerData): Promise<SequenceScoring> {
  const resource = readPinned(pins);
  if (request.modality === 'dna') return new DnaScoring(request, dnaContext(resource));
  return new MoleculeScoring(request, await loadMoleculeContext(resource), remembered);
}

try {
  const scoring = await openScoring(workerData as ScoringWorkerData);
  parentPort?.on('message', (question: ScoringQuestion) => reply(scoring, question));
  answer({ type: 'ready' });
} catch (error) {
  answer({ type: 'failed', error: errorData(error) });
}
