/**
 * The applicability domain of a predictor of DNA. A sequence is inside if the Jensen-Shannon divergence between its
 * k-mer frequencies and those of the training sequences is within a limit. 99% of held-out sequences are within it.
 */
import { jensenShannon, kmerShares } from '../../dna/kmers.ts';
import type { ApplicabilityDomain, Predictor } from './predictor.ts';

/** There are 256 4-mers. A sequence of 80 bases has enough of them to reveal repeats and a foreign composition. */
const DOMAIN_K = 4;
const KEPT_BY = 0.99;

/** Divergence between the k-mers of a sequence and those of the training, in bits; infinite without any k-mer. */
function applicabilityDistance(
  sequence: string,
  { k, shares }: Pick<ApplicabilityDomain, 'k' | 'shares'>,
  bothStrands: boolean,
): number {
  const own = kmerShares([sequence], { k, bothStrands });
  return own === null ? Infinity : jensenShannon(own, shares);
}

/** Whether a sequence is in the applicability domain. */
export function isInDomain(
  sequence: string,
  { applicability, bothStrands }: Pick<Predictor, 'applicability' | 'bothStrands'>,
): boolean {
  return applicabilityDistance(sequence, applicability, bothStrands) <= applicability.limit;
}

/** @param heldOut sequences like those of the training that were not trained on; at least one */
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
