/** Blends as the interface shows them, from stored rows: the result of one, and those that are kept. */
import { type BlendResult, ContractError, type KeptBlend, type Parsed } from '../../contract/api.ts';
import {
  blendOutcome,
  candidatesById,
  getBlend,
  nameBlend,
  namedBlends,
  type ReadableWorkspace,
  scoreFigures,
  type WritableWorkspace,
} from '../../db/index.ts';
import { intervalOf } from '../../engine/learn/statistics.ts';
import { translating } from '../base/workspace.ts';
import { candidateOf } from './candidates.ts';

/**
 * @param seconds that it took to sample; null for an earlier blend
 * @throws ContractError if there is no such blend
 */
export function blendResult(db: ReadableWorkspace, blendId: number, seconds: number | null): BlendResult {
  return translating(() => {
    const { runId, name, weights, reach, seed } = getBlend(db, blendId);
    const { candidateIds, ...counts } = blendOutcome(db, blendId);
    const figures = scoreFigures(db, runId, { blendId }, weights);
    const candidates = candidatesById(db, candidateIds, weights)
      .map(candidateOf)
      .sort((a, b) => (b.total ?? -1) - (a.total ?? -1));
    return {
      ...{ blendId, name, weights: [...weights], reach, seed, seconds, ...counts },
      objectives: figures.objectives.map(({ transformed, raw }) => ({ ...intervalOf(transformed), raw: raw.mean })),
      total: figures.total.mean,
      designTotal: intervalOf(scoreFigures(db, runId, { blendId }).total),
      candidates,
    };
  });
}

export function keptBlends(db: ReadableWorkspace, runId: number): KeptBlend[] {
  return namedBlends(db, runId).map(({ id, name, weights, reach, seed, round, created }) => ({
    blendId: id,
    name: name!,
    weights: [...weights],
    reach,
    seed,
    round,
    created,
    unique: blendOutcome(db, id).unique,
  }));
}

/** @throws ContractError if there is no such blend, or another blend of the run has the name */
export function keepBlend(db: WritableWorkspace, { blendId, name }: Parsed<'blend.keep'>): KeptBlend[] {
  return translating(() => {
    if (!nameBlend(db, blendId, name))
      throw new ContractError(
        'conflict',
        `Another blend of this run is already named “${name}”. Choose a different name.`,
      );
    return keptBlends(db, getBlend(db, blendId).runId);
  });
}
