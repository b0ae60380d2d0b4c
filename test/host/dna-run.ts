/** @file A run of DNA with two goals and given candidates, committed without training. */
import { candidateColumns, commitRound, createDesign, createRun, type WritableWorkspace } from '../../db/index.ts';
import { candidate, sampleRound } from '../db/sample-run.ts';

/**
 * @param goals objectives of the two goals; others with whatever parameters.
 * @returns the run and its candidates' ids, in the order of the sequences
 */
export function commitDna(
  db: WritableWorkspace,
  goals: readonly [string, string],
  sequences: readonly string[],
  parameters: Readonly<Record<string, unknown>> = {},
): { runId: number; ids: number[] } {
  const designId = createDesign(db, {
    name: 'Enhancers',
    modality: 'dna',
    source: '',
    resolved: { name: 'Enhancers' },
  });
  const objectives = goals.map((id) => ({
    id,
    label: '',
    detail: '',
    unit: '',
    weight: 0.5,
    goal: { kind: 'higher', from: 0, to: 1 },
    parameters,
  }));
  const runId = createRun(db, {
    designId,
    seed: 1,
    method: 'iterative',
    settings: {},
    objectives,
    constraints: [],
    aggregate: 'arithmetic',
    prior: 'enhancer',
    priorKey: 'ab'.repeat(32),
    device: 'cpu',
    threads: 1,
    software: '',
  });
  commitRound(
    db,
    sampleRound(
      runId,
      1,
      sequences.map((one) => candidate(one, [0.5, 0.5], { scaffold: null, constraints: [] })),
    ),
  );
  return { runId, ids: [...candidateColumns(db, runId, 0, sequences.length, 0).ids] };
}
