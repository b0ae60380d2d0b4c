/** A run and rounds of molecules for the tests of db/; without vitest, so that other processes can use it. */
import {
  commitRound,
  createDesign,
  createRun,
  dropSuperseded,
  type NewCandidate,
  type NewRound,
  type NewSample,
  prewriteBlob,
  type Scores,
  type WritableWorkspace,
} from '../../db/index.ts';

const objectives = [
  {
    id: 'qed',
    label: 'Drug-likeness',
    detail: '',
    unit: '',
    weight: 0.5,
    parameters: {},
    goal: { kind: 'higher', from: 0, to: 1 },
  },
  {
    id: 'logp',
    label: 'logP',
    detail: '',
    unit: '',
    weight: 0.5,
    parameters: {},
    goal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
  },
];

export function sampleRun(db: WritableWorkspace, seed = 7): number {
  const designId = createDesign(db, {
    name: 'Oral lead',
    modality: 'molecule',
    source: 'name = "Oral lead"',
    resolved: { name: 'Oral lead' },
  });
  return createRun(db, {
    ...{
      designId,
      seed,
      method: 'iterative',
      settings: { steps: 8, batch: 4 },
      objectives,
      constraints: [{ id: 'alerts', max: 0 }],
    },
    ...{
      aggregate: 'arithmetic',
      prior: 'druglike',
      priorKey: 'ab'.repeat(32),
      device: 'CPU, 2 threads',
      threads: 2,
      software: '0.1.0',
    },
  });
}

export function candidate(sequence: string, scores: Scores, more: Partial<NewCandidate> = {}): NewCandidate {
  return {
    sequence,
    scaffold: 'c1ccccc1',
    raw: scores.map((s) => s && s * 10),
    scores,
    constraints: [0],
    feasible: true,
    ...more,
  };
}

export function sample(text: string, canonical: string | null = text): NewSample {
  return {
    text,
    canonical,
    parents: null,
    logLikelihood: -12.5,
    priorLogLikelihood: -14.25,
    reward: canonical === null ? 0 : 0.5,
  };
}

export const bytes = (text: string) => new TextEncoder().encode(text);

/** A round in which both experts draw the given candidates and one string that is no molecule. */
export function sampleRound(
  runId: number,
  number: number,
  candidates: readonly NewCandidate[],
  more: Partial<NewRound> = {},
): NewRound {
  const samples = [...candidates.map(({ sequence }) => sample(sequence)), sample('C1CC', null)];
  return {
    ...{
      runId,
      number,
      mergeWeights: [0.5, 0.5],
      merged: bytes(`merged ${number}`),
      metrics: { round: number, seconds: Math.random() },
    },
    experts: [0, 1].map((objective) => ({
      objective,
      weights: bytes(`expert ${objective} of ${number}`),
      metrics: { reward: 0.5, secondsSampling: Math.random() },
    })),
    states: { 'optimizer/0': bytes(`moments ${number}`), memory: bytes('memory') },
    rollouts: [0, 1].map((expert) => ({ step: number, expert, sampler: { temperature: 1, topP: 1 }, samples })),
    candidates,
    ...more,
  };
}

/** Round `number` of a run that is the same each time: 300 candidates, some of them known from before. */
export function scriptedRound(runId: number, number: number): NewRound {
  const found = Array.from({ length: 300 }, (_, i) => {
    const n = number * 250 + i;
    return candidate(`C${n}`, [((n * 7919) % 997) / 996, n % 53 === 0 ? null : ((n * 104_729) % 101) / 100], {
      scaffold: `ring ${n % 60}`,
    });
  });
  return sampleRound(runId, number, found);
}

/**
 * Commits a scripted round as a host does: prewrites the experts' weights, commits the round and discards what it
 * supersedes.
 */
export function runRound(db: WritableWorkspace, runId: number, number: number): void {
  const round = scriptedRound(runId, number);
  const experts = [0, 1].map((objective) => ({
    objective,
    weights: { key: prewriteBlob(db, bytes(`expert ${objective} of ${number}`)) },
    metrics: {},
  }));
  commitRound(db, { ...round, experts });
  dropSuperseded(db, runId, ['state', 'expert']);
}
