/** What is seen in sequences of DNA, and the names of what can be looked for. */
import { candidateDetail, getRun, type ReadableWorkspace } from '../../db/index.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { prepareFeatures } from '../../engine/objectives/features.ts';
import { readResource } from '../chemistry.ts';
import type { HostContext } from '../context.ts';
import { scoringRequest } from '../design/resolved.ts';
import type { Service } from '../handlers.ts';
import { dnaNamesLike } from '../names/dna.ts';
import { constraintsOf, domainOf, objectivesOf } from '../setup.ts';
import { translating } from '../workspace.ts';

type Methods = 'candidate.features' | 'dna.names';

export function sequenceService({ db }: HostContext): Service<Methods> {
  // Candidates of one run are looked at one after another; preparing motifs takes longer than finding them.
  let prepared: { readonly runId: number; readonly find: FindFeatures } | undefined;
  return {
    'candidate.features': ({ candidateId }) =>
      translating(() => {
        const { runId, sequence } = candidateDetail(db, candidateId);
        if (prepared?.runId !== runId) prepared = { runId, find: finderOf(db, runId) };
        return { features: prepared.find(sequence) };
      }),
    'dna.names': ({ kind, text, limit }) => ({ names: dnaNamesLike(kind, text, limit) }),
  };
}

/** Of goals and limits; what several of them see is given once. */
function finderOf(db: ReadableWorkspace, runId: number): FindFeatures {
  const run = getRun(db, runId);
  if (domainOf(db, run) !== 'dna') return () => [];
  const { objectives, constraints } = scoringRequest({ domain: 'dna', objectives: objectivesOf(run), constraints: constraintsOf(run) });
  const find = prepareFeatures([...objectives, ...constraints], { resource: readResource });
  return (sequence) => {
    const features = new Map(find(sequence).map((feature) => [JSON.stringify([feature.kind, feature.name, feature.start, feature.end, feature.strand]), feature]));
    return [...features.values()];
  };
}
