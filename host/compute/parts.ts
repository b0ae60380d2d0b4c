/** What the compute process builds from a setup: the prior, the scoring pool, the expert workers. */
import { readFile } from 'node:fs/promises';
import { type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import { goalsWithTokens } from '../../engine/soup/ric.ts';
import { type ExternalScores, withExternalScores } from '../external/external-scorers.ts';
import { startScoringPool } from '../scoring/pool.ts';
import { EditThread } from './edit-thread.ts';
import { ExpertPool } from './expert-pool.ts';
import type { ComputeSetup } from './messages.ts';

export interface Workshop {
  readonly prior: Generator;
  readonly experts: ExpertPool;
  dispose(): Promise<void>;
}

/**
 * Starts everything in parallel.
 * @param external scores that the host gets from external scorers
 * @throws the first failure, after everything has ended
 */
export async function openWorkshop(
  { priorFile, scoring, objectives, constraints, pins, generate, settings, device, threads, workers }: ComputeSetup,
  external: ExternalScores,
): Promise<Workshop> {
  const prior = readGenerator(await readFile(priorFile));
  const pool = await startScoringPool({ request: scoring, pins });
  try {
    const goals = goalsWithTokens({ settings, objectives });
    const data = { config: prior.config, prior: prior.weights, generate, settings, goals, device, threads };
    const score = withExternalScores(pool.score, scoring, external, constraints);
    const edits = new EditThread({ writes: prior.config, generate });
    const experts = await ExpertPool.start({ data, workers, score, edit: edits.children });
    return { prior, experts, dispose: () => disposeAll([experts, edits, pool]) };
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

/** In order: an expert worker may still ask the others. */
async function disposeAll(parts: readonly { dispose(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.dispose();
}
