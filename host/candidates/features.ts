/** Features of a DNA sequence that the goals and limits of a run refer to, by position. */
import { getRun, type ReadableWorkspace } from '../../db/index.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { prepareFeatures } from '../../engine/objectives/features.ts';
import { readResource } from '../chemistry/chemistry.ts';
import { scoringRequest } from '../design/resolved.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';

/** A feature of several goals is listed once. A run of molecules has none. */
export function featureFinder(db: ReadableWorkspace, runId: number): FindFeatures {
  const run = getRun(db, runId);
  if (modalityOf(db, run) !== 'dna') return () => [];
  const { objectives, constraints } = scoringRequest({
    modality: 'dna',
    objectives: objectivesOf(run),
    constraints: constraintsOf(run),
  });
  // Prepared at the first sequence: motifs take long to prepare, and most exports never ask for features.
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
