/**
 * Rollouts under a budget: sequences that cost nothing, because they are invalid or the run has scored them before, are
 * drawn again, so that a budget is spent on new ones.
 */
import type { LearnSettings } from './types.ts';

/** Most sequences of one rollout: under a budget up to a batch of redraws. */
export function mostDrawn({ batch, budget }: Pick<LearnSettings, 'batch' | 'budget'>): number {
  return budget > 0 ? 2 * batch : batch;
}

/**
 * Draws a batch; under a budget draws again for each sequence that is not novel, up to a batch of redraws.
 * @param draw gives `n` sequences whose first has the index `from` in the rollout
 */
export async function drawRollout<One extends { readonly novel: boolean }>(
  settings: Pick<LearnSettings, 'batch' | 'budget'>,
  draw: (from: number, n: number) => Promise<One[]>,
): Promise<One[]> {
  const { batch } = settings;
  const all = await draw(0, batch);
  while (all.length < mostDrawn(settings)) {
    const wanted = batch - all.filter(({ novel }) => novel).length;
    if (wanted === 0) break;
    all.push(...(await draw(all.length, Math.min(wanted, mostDrawn(settings) - all.length))));
  }
  return all;
}
