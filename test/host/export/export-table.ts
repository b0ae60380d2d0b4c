/** @file A small table of candidates as exports get it, with names that try to break out of their place. */
import type { RoundMetrics } from '../../../contract/api.ts';
import type { CandidateRow, RunWithCounts } from '../../../db/index.ts';
import type { ResolvedConstraint, ResolvedObjective } from '../../../host/design/resolved.ts';
import { columnsOf, type ExportTable } from '../../../host/export/columns.ts';

export const hostileName = 'Leads </script><script>document.title="broken"</script> $& "quoted"';

const goals: ResolvedObjective[] = [
  {
    id: 'qed',
    label: 'Drug-likeness <b>QED</b>',
    detail: '',
    unit: '',
    goal: { kind: 'higher', from: 0.3, to: 0.9 },
    weight: 2,
    parameters: {},
  },
  {
    id: 'logp',
    label: 'Greasiness',
    detail: '',
    unit: 'log units',
    goal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
    weight: 1,
    parameters: {},
  },
];
const limits: ResolvedConstraint[] = [
  {
    id: 'alerts',
    label: 'Structural alerts',
    unit: 'alerts',
    max: 0,
    tolerance: 0,
    parameters: { sets: ['pains', 'brenk'] },
  },
];

const mean = (value: number) => ({ mean: value, low: value, high: value, raw: value });
const round = (number: number): RoundMetrics => ({
  round: number,
  step: number,
  scored: 16 * number,
  mergeWeights: [],
  expertSpread: null,
  disagreement: null,
  diversity: null,
  valid: 0.9,
  unique: 1,
  total: 0.5,
  objectives: [mean(0.2 + 0.1 * number), mean(0.6)],
  constraints: [],
  experts: [],
  scaffolds: 3,
  seconds: 1,
});

const run: RunWithCounts = {
  id: 4,
  designId: 1,
  designName: hostileName,
  seed: 7,
  method: 'iterative',
  state: 'finished',
  settings: { steps: 12, merge_every: 2 },
  objectives: [],
  constraints: [],
  aggregate: 'arithmetic',
  prior: 'druglike',
  priorKey: 'ab'.repeat(32),
  predictors: [{ file: '/lab/mine.safetensors', key: 'cd'.repeat(32) }],
  device: 'cpu',
  threads: 1,
  software: '0.1.0',
  error: null,
  created: '2026-05-12T09:00:00Z',
  updated: '2026-05-12T09:10:00Z',
  finished: '2026-05-12T09:10:00Z',
  round: 2,
  scored: 48,
  valid: 44,
  unique: 40,
  best: 0.9,
} as RunWithCounts;

function candidate(id: number, sequence: string, scores: (number | null)[], raw: (number | null)[]): CandidateRow {
  const total = scores.some((score) => score === null) ? null : (2 * scores[0]! + scores[1]!) / 3;
  return {
    id,
    runId: 4,
    number: id,
    sequence,
    scaffold: null,
    total,
    raw,
    scores,
    constraints: [0],
    feasible: true,
    starred: false,
    round: 1,
    blendId: null,
  };
}

/** Three candidates: good at the first goal, good at the second, and one whose first score is missing. */
export function exportTable(
  modality: ExportTable['modality'],
  sequences: readonly [string, string, string],
): ExportTable {
  const candidates = [
    candidate(11, sequences[0], [0.9, 0.1], [0.84, 5.2]),
    candidate(12, sequences[1], [0.2, 1], [0.42, 2.1]),
    candidate(13, sequences[2], [null, 0.95], [null, 1.9]),
  ];
  return {
    run,
    modality,
    candidates,
    columns: columnsOf(goals, limits, run.predictors),
    goals,
    limits,
    rounds: [round(0), round(1), round(2)],
    features: () => [],
  };
}

export const molecules = ['CC(=O)Oc1ccccc1C(=O)O', 'CN1C=NC2=C1C(=O)N(C(=O)N2C)C', '=CMD()'] as const;
