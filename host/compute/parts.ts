/** What the compute process builds from a setup: the prior, the scoring pool, the expert workers. */
import { readFile } from 'node:fs/promises';
import { type Generator, readGenerator } from '../../engine/generator/checkpoint.ts';
import type { ScoringPool } from '../../engine/objectives/pool.ts';
import { type ExternalScores, withExternalScores } from '../external/external-scorers.ts';
import { startScoringPool } from '../scoring/pool.ts';
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
  { priorFile, scoring, constraints, pins, generate, settings, device, threads, workers }: ComputeSetup,
  external: ExternalScores,
): Promise<Workshop> {
  const prior = readGenerator(await readFile(priorFile));
  const pool = await startScoringPool({ request: scoring, pins });
  try {
    const data = { config: prior.config, prior: prior.weights, generate, settings, device, threads };
    const score = withExternalScores(pool.score, scoring, external, constraints);
    const experts = await ExpertPool.start({ data, workers, score });
    return { prior, experts, dispose: () => disposeBoth(experts, pool) };
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

async function disposeBoth(experts: ExpertPool, pool: ScoringPool): Promise<void> {
  await experts.dispose();
  await pool.dispose();
}
