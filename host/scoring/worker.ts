/**
 * Entry of a scoring worker thread: loads what the request's modality needs (RDKit
 * and tables for molecules), prepares the objectives, then answers batches one
 * at a time.
 */
import { workerData } from 'node:worker_threads';
import { DnaScoring, MoleculeScoring, type SequenceScoring } from '../../engine/objectives/scoring.ts';
import { dnaContext, loadMoleculeContext } from '../chemistry/chemistry.ts';
import { readPinned } from '../models/pins.ts';
import { threadPort } from '../workers/request-thread.ts';
import { answerQuestions } from '../workers/requests.ts';
import type { ScoringAnswer, ScoringQuestion, ScoringWorkerData } from './messages.ts';

async function openScoring({ request, remembered, pins }: ScoringWorkerData): Promise<SequenceScoring> {
  const resource = readPinned(pins);
  if (request.modality === 'dna') return new DnaScoring(request, dnaContext(resource));
  return new MoleculeScoring(request, await loadMoleculeContext(resource), remembered);
}

answerQuestions<ScoringQuestion, ScoringAnswer>(threadPort, async () => {
  const scoring = await openScoring(workerData as ScoringWorkerData);
  return async (sequences) => scoring.score(sequences);
});
