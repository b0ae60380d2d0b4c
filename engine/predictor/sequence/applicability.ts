/**
 * Whether a sequence is like those that a predictor was trained on: the
 * divergence of its k-mer shares from theirs, against a limit that 99 of 100
 * held-out sequences keep.
 */
import { jensenShannon, kmerShares } from '../../dna/kmers.ts';
import type { ApplicabilityDomain, Predictor } from './predictor.ts';

/** 256 words of 4: enough of each in 80 bases to tell repeats and foreign composition from the training's. */
const DOMAIN_K = 4;
const KEPT_BY = 0.99;

/** Divergence of a sequence's k-mers from the training's, in bits; infinite where it has none. */
function applicabilityDistance(
  sequence: string,
  { k, shares }: Pick<ApplicabilityDomain, 'k' | 'shares'>,
  bothStrands: boolean,
): number {
  const own = kmerShares([sequence], { k, bothStrands });
  return own === null ? Infinity : jensenShannon(own, shares);
}

/** Whether a sequence is like those of the training. */
export function isInDomain(
  sequence: string,
  { applicability, bothStrands }: Pick<Predictor, 'applicability' | 'bothStrands'>,
): boolean {
  return applicabilityDistance(sequence, applicability, bothStrands) <= applicability.limit;
}

/** @param heldOut sequences like the training's that it has not seen; at least one */
export function fitApplicabilityDomain(
  training: readonly string[],
  heldOut: readonly string[],
  bothStrands: boolean,
): ApplicabilityDomain {
  const shares = Float32Array.from(kmerShares(training, { k: DOMAIN_K, bothStrands }) ?? []);
  const distances = heldOut
    .map((sequence) => applicabilityDistance(sequence, { k: DOMAIN_K, shares }, bothStrands))
    .sort((a, b) => a - b);
  return { k: DOMAIN_K, shares, limit: distances[Math.ceil(distances.length * KEPT_BY) - 1] };
}
