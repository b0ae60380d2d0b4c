/**
 * Entry of a scoring worker thread: loads RDKit and the tables, prepares the
 * request's objectives, then answers batches one at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { MoleculeScoring } from '../engine/objectives/scoring.ts';
import { ParameterError } from '../engine/objectives/types.ts';
import { loadMoleculeContext } from './chemistry.ts';
import type { ErrorData, ScoringAnswer, ScoringQuestion, ScoringWorkerData } from './scoring-messages.ts';

function errorData(error: unknown): ErrorData {
  if (error instanceof ParameterError) return { name: error.name, message: error.message, parameter: error.parameter };
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
}

function answer(message: ScoringAnswer): void {
  parentPort?.postMessage(message);
}

function reply(scoring: MoleculeScoring, { sequences }: ScoringQuestion): void {
  try {
    answer({ type: 'scored', scored: scoring.score(sequences) });
  } catch (error) {
    answer({ type: 'failed', error: errorData(error) });
  }
}

try {
  const { request, names } = workerData as ScoringWorkerData;
  const scoring = new MoleculeScoring(request, await loadMoleculeContext(names));
  parentPort?.on('message', (question: ScoringQuestion) => reply(scoring, question));
  answer({ type: 'ready' });
} catch (error) {
  answer({ type: 'failed', error: errorData(error) });
}
