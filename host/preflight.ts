/** @file A design tried on what its generator writes for it, before it runs. */
import type { Result } from '../contract/api.ts';
import { preflight } from './design/preflight.ts';
import { type ResolvedDesign, scoringRequest } from './design/resolved.ts';
import type { Previews } from './previews.ts';

/** @returns how many sequences were looked at, and what there is to say */
export async function preflightOf(design: ResolvedDesign, previews: Previews): Promise<Result<'design.preflight'>> {
  const { objectives, constraints } = scoringRequest(design);
  const { count, raw } = await previews.sampleScores(design.prior, design.generate, [...objectives, ...constraints]);
  return {
    count,
    remarks: preflight(design, { count, goals: raw.slice(0, objectives.length), limits: raw.slice(objectives.length) }),
  };
}
