/** Single candidates: everything that is known of one, and what can be computed for it. */
import type { Result } from '../../contract/api.ts';
import { type CandidateDetail, candidateDetail, getRun, type Run, star, unstar } from '../../db/index.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { translating } from '../base/workspace.ts';
import { alignmentOf } from '../candidates/alignment.ts';
import { type DrugScores, isComparable, rankIn } from '../candidates/drug-scores.ts';
import { featureFinder } from '../candidates/features.ts';
import { groupsOf } from '../candidates/groups.ts';
import { mutagenesisOf } from '../candidates/mutagenesis.ts';
import { nearestKnown } from '../candidates/nearest-known.ts';
import { approvedDrugs, isOfClass } from '../design/names/drugs.ts';
import { pinnedFor } from '../models/pins.ts';
import { candidateDetailOf } from '../runs/candidates.ts';
import { objectivesOf } from '../runs/setup.ts';
import type { HostContext, Service } from './context.ts';

interface Found {
  readonly candidate: CandidateDetail;
  readonly run: Run;
}

export function candidateService({ db, activities, chemistry, drugs, threads }: HostContext): Service<'candidate'> {
  const find = (candidateId: number): Found =>
    translating(() => {
      const candidate = candidateDetail(db, candidateId);
      return { candidate, run: getRun(db, candidate.runId) };
    });
  const featuresOf = featureReader(db);
  return {
    'candidate.get': ({ candidateId }) => {
      const { candidate, run } = find(candidateId);
      return candidateDetailOf(
        candidate,
        run.objectives.map(({ label }) => label),
      );
    },
    'candidate.star': ({ candidateId, starred }) => {
      translating(() => (starred ? star(db, candidateId) : unstar(db, candidateId)));
      return {};
    },
    'candidate.groups': ({ candidateId }) =>
      chemistry.use((molecules) => ({ groups: groupsOf(db, find(candidateId).candidate, molecules) })),
    'candidate.features': ({ candidateId }) => ({ features: featuresOf(find(candidateId).candidate) }),
    'candidate.mutagenesis': async ({ candidateId, objective }) => {
      const { candidate, run } = find(candidateId);
      const { value, changes } = await mutagenesisOf(candidate.sequence, objective, run);
      return { sequence: candidate.sequence, value, changes: Buffer.from(changes.buffer).toString('base64') };
    },
    'candidate.activities': async ({ candidateId }) => {
      const { candidate, run } = find(candidateId);
      return { activities: await activities.of(candidate.sequence, run) };
    },
    'candidate.alignment': ({ candidateId, reference }) => ({
      alignment: translating(() => alignmentOf(db, find(candidateId).candidate, reference)),
    }),
    'candidate.percentiles': ({ candidateId, atc }) => percentilesOf(find(candidateId), atc, drugs),
    'candidate.nearest': ({ candidateId }) => {
      const { candidate, run } = find(candidateId);
      return nearestKnown(db, candidate, run, threads);
    },
  };
}

/**
 * Remembers the last run, because preparing its motifs takes longer than finding them, and users look at one run at a
 * time.
 */
function featureReader(db: HostContext['db']): (candidate: CandidateDetail) => ReturnType<FindFeatures> {
  let prepared: { readonly runId: number; readonly find: FindFeatures } | undefined;
  return ({ runId, sequence }) => {
    if (prepared?.runId !== runId) prepared = { runId, find: translating(() => featureFinder(db, runId)) };
    return prepared.find(sequence);
  };
}

/** @param atc code of a class of drugs; '' for all drugs */
async function percentilesOf(
  { candidate, run }: Found,
  atc: string,
  drugs: DrugScores,
): Promise<Result<'candidate.percentiles'>> {
  const objectives = objectivesOf(run);
  pinnedFor(run, { objectives: objectives.filter(isComparable), constraints: [] });
  const comparisons = await drugs.comparisons(objectives, atc);
  return {
    percentiles: candidate.raw.map((value, i) => rankIn(comparisons[i], value)),
    count: approvedDrugs().filter((drug) => isOfClass(drug, atc)).length,
  };
}
