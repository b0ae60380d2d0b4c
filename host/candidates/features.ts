/** What the goals and limits of a run see in a sequence of DNA, by position. */
import { getRun, type ReadableWorkspace } from '../../db/index.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { prepareFeatures } from '../../engine/objectives/features.ts';
import { readResource } from '../chemistry/chemistry.ts';
import { scoringRequest } from '../design/resolved.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';

/** What several goals see is given once; a run of molecules has nothing to see. */
export function featureFinder(db: ReadableWorkspace, runId: number): FindFeatures {
  const run = getRun(db, runId);
  if (modalityOf(db, run) !== 'dna') return () => [];
  const { objectives, constraints } = scoringRequest({
    modality: 'dna',
    objectives: objectivesOf(run),
    constraints: constraintsOf(run),
  });
  // At the first sequence: most files that hold candidates never ask for features, and motifs take long to prepare.
  let find: FindFeatures | undefined;
  return (sequence) => {
    find ??= prepareFeatures([...objectives, ...constraints], { resource: readResource });
    const features = new Map(
      find(sequence).map((feature) => [
        JSON.stringify([feature.kind, feature.name, feature.start, feature.end, feature.strand]),
        feature,
      ]),
    );
    return [...features.values()];
  };
}
