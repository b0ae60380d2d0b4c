/** Candidates as the interface shows them. */
import type { Candidate, CandidateDetail } from '../../contract/api.ts';
import type { CandidateDetail as StoredDetail, CandidateRow } from '../../db/index.ts';
import { percent } from '../base/percent.ts';

export function candidateOf({
  id,
  sequence,
  total,
  raw,
  scores,
  constraints,
  starred,
  round,
}: CandidateRow): Candidate {
  return { id, sequence, total, raw: [...raw], scores: [...scores], constraints: [...constraints], starred, round };
}

/** @param labels of the run's objectives, in order */
export function candidateDetailOf(stored: StoredDetail, labels: readonly string[]): CandidateDetail {
  const { runId, seed, prior, parents, logLikelihood, priorLogLikelihood, times, note, step, blendSeed } = stored;
  return {
    ...candidateOf(stored),
    runId,
    step: step ?? 0,
    source: sourceText(stored, labels),
    parents: parents && [...parents],
    seed: blendSeed ?? seed,
    prior,
    logLikelihood,
    priorLogLikelihood,
    times,
    note,
  };
}

/** Where a candidate was first found, in words. */
function sourceText(
  { source, expert, parents, mergeWeights, blendId, reach, round }: StoredDetail,
  labels: readonly string[],
): string {
  const mix = (mergeWeights ?? [])
    .flatMap((weight, i) => (weight > 0 ? [`${percent(weight)} ${labels[i]}`] : []))
    .join(', ');
  if (blendId !== null) return `steering: experts merged with ${mix}${reach === 1 ? '' : `, reach ${reach}`}`;
  if (round === 0) return 'prior, before training';
  if (source === 'search') return 'search of merge weights';
  if (source === 'merge') return `merged generator (${mix})`;
  const learner = expert === null ? 'generator trained on all goals' : `expert for ${labels[expert]}`;
  return parents === null ? learner : `edited, while training the ${learner}`;
}
