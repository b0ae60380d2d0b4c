/**
 * A finished run with as many candidates as wanted, made in seconds: valid molecules from
 * building blocks or random DNA, with made-up scores. For pictures, tests and benchmarks
 * of what shows many candidates; nothing was trained, so there is nothing to steer.
 */
import {
  commitRound,
  createDesign,
  createRun,
  dropSuperseded,
  type NewCandidate,
  type NewRound,
  updateRunState,
  type WritableWorkspace,
} from '../db/index.ts';
import { predictorPins } from '../host/models/pins.ts';

export type FilledModality = 'molecule' | 'dna';

const roundSize = 1000;
const starts = [
  'C',
  'CC',
  'CO',
  'N',
  'F',
  'Cl',
  'Br',
  'CC(C)',
  'C1CC1',
  'OC',
  'N#C',
  'FC(F)(F)',
  'CS(=O)(=O)',
  'CN(C)',
  'NC(=O)',
  'COC(=O)',
  'CC(=O)N',
  'OCC',
  'C1CCOC1',
  'CCN',
];
const cores = [
  'c1ccc(X)cc1',
  'c1cc(X)ccn1',
  'c1ncc(X)cn1',
  'c1csc(X)n1',
  'c1cnn(X)c1',
  'c1ccc2c(c1)ncn2X',
  'c1ccc2nc(X)ccc2c1',
  'C1CCN(X)CC1',
  'C1CC(X)CCO1',
  'c1coc(X)c1',
];
const links = [
  '',
  'C',
  'CC',
  'O',
  'N',
  'C(=O)',
  'C(=O)N',
  'NC(=O)',
  'S(=O)(=O)',
  'OC',
  'CN',
  'NS(=O)(=O)',
  'CCO',
  'C(C)',
  'C(=O)O',
  'C=C',
  'SC',
  'CNC',
  'COC',
  'N(C)C',
  'C(O)',
  'CC(=O)',
  'OCC',
  'NCC',
  'CCN',
];
const ends = [
  'c1ccccc1',
  'c1ccncc1',
  'C1CCNCC1',
  'c1ccc(F)cc1',
  'c1ccc(OC)cc1',
  'C1CC1',
  'c1cnc(N)nc1',
  'C1CCOCC1',
  'c1cc(Cl)ccc1Cl',
  'c1ncc[nH]1',
  'c1ccsc1',
  'C1CCCCC1',
  'c1nc2ccccc2s1',
  'CO',
  'C(F)(F)F',
  'c1ccc(C#N)cc1',
  'N1CCN(C)CC1',
  'N1CCOCC1',
  'c1ccc(cc1)S(N)(=O)=O',
  'c1ccc(O)cc1',
];

const common = { weight: 0.25, parameters: {} };
const goals = {
  molecule: [
    {
      ...common,
      id: 'qed',
      label: 'Drug-likeness (QED)',
      detail: 'higher is better, good from 0.9',
      unit: '',
      goal: { kind: 'higher', from: 0.3, to: 0.9 },
    },
    {
      ...common,
      id: 'sa',
      label: 'Easy to make (SA score)',
      detail: 'lower is better, good up to 2',
      unit: '',
      goal: { kind: 'lower', from: 2, to: 5 },
    },
    {
      ...common,
      id: 'logp',
      label: 'Greasiness (logP)',
      detail: 'between 1 and 3',
      unit: '',
      goal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
    },
    {
      ...common,
      id: 'mw',
      label: 'Size (molecular weight)',
      detail: 'between 250 and 450 g/mol',
      unit: 'g/mol',
      goal: { kind: 'range', low: 250, high: 450, tolerance: 50 },
    },
  ],
  dna: [
    {
      ...common,
      id: 'gc',
      label: 'GC content',
      detail: 'between 40 and 60 %',
      unit: '%',
      goal: { kind: 'range', low: 40, high: 60, tolerance: 10 },
    },
    {
      ...common,
      id: 'tm',
      label: 'Melting temperature',
      detail: 'near 72 °C',
      unit: '°C',
      goal: { kind: 'target', value: 72, tolerance: 5 },
    },
    {
      ...common,
      id: 'homopolymer',
      label: 'Longest run of one base',
      detail: 'lower is better',
      unit: 'bases',
      goal: { kind: 'lower', from: 3, to: 9 },
    },
    {
      ...common,
      id: 'cpg',
      label: 'CpG observed over expected',
      detail: 'near 0.6',
      unit: '',
      goal: { kind: 'target', value: 0.6, tolerance: 0.2 },
    },
  ],
} as const;
/** In the place of the first goal: one whose predictor tells what it knows. */
const predicted = {
  ...common,
  id: 'drd2',
  label: 'Dopamine D2 receptor (DRD2)',
  detail: 'higher is better, good from 0.7',
  unit: '',
  goal: { kind: 'higher', from: 0.1, to: 0.7 },
} as const;
const spans = {
  molecule: [
    [0.1, 0.95],
    [1.2, 6],
    [-1, 6.5],
    [120, 620],
  ],
  dna: [
    [20, 80],
    [55, 88],
    [2, 11],
    [0, 1.5],
  ],
} as const;

/** Numbers from 0 to 1 that are the same each time (xorshift32, Marsaglia 2003). */
function uniforms(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The index-th of 100,000 molecules. */
function molecule(index: number): { sequence: string; scaffold: string } {
  const [start, core] = [starts[index % 20], cores[Math.floor(index / 20) % 10]];
  const [link, end] = [links[Math.floor(index / 200) % 25], ends[Math.floor(index / 5000) % 20]];
  return {
    sequence: start + core.replace('X', link + end.replaceAll('1', '3').replaceAll('2', '4')),
    scaffold: `${core} ${end}`,
  };
}

function dna(uniform: () => number): { sequence: string; scaffold: null } {
  return { sequence: Array.from({ length: 200 }, () => 'ACGT'[Math.floor(uniform() * 4)]).join(''), scaffold: null };
}

/** Better as rounds go by, the goals pulling apart a little. */
function candidate(index: number, count: number, modality: FilledModality, uniform: () => number): NewCandidate {
  const rise = 0.35 * (1 - Math.exp((-3 * index) / count));
  const scores = goals[modality].map((_, i) =>
    Math.min(
      1,
      Math.max(0, 0.3 + rise + 0.5 * (uniform() + uniform() - 1) + (i % 2 === 0 ? 0.1 : -0.1) * Math.sin(index)),
    ),
  );
  const raw = scores.map(
    (score, i) =>
      spans[modality][i][0] + (0.15 * uniform() + 0.85 * score) * (spans[modality][i][1] - spans[modality][i][0]),
  );
  const isMissing = index % 97 === 5;
  return {
    ...(modality === 'molecule' ? molecule(index) : dna(uniform)),
    raw: isMissing ? [...raw.slice(0, 3), null] : raw,
    scores: isMissing ? [...scores.slice(0, 3), null] : scores,
    constraints: [index % 9 === 0 ? 2 : 0],
    feasible: index % 9 !== 0,
  };
}

function mean(
  candidates: readonly NewCandidate[],
  goal: number,
): { mean: number; low: number; high: number; raw: number } {
  const of = (values: (number | null)[]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, values.length);
  const score = of(candidates.map(({ scores }) => scores[goal]));
  return { mean: score, low: score - 0.05, high: score + 0.05, raw: of(candidates.map(({ raw }) => raw[goal])) };
}

function roundOf(runId: number, number: number, candidates: readonly NewCandidate[]): NewRound {
  const sampled = (list: readonly NewCandidate[]) =>
    list.map(({ sequence }) => ({
      text: sequence,
      canonical: sequence,
      parents: null,
      logLikelihood: -30,
      priorLogLikelihood: -32,
      reward: 0.5,
    }));
  const share = Math.ceil(candidates.length / 4);
  const experts = number === 0 ? [null] : [0, 1, 2, 3];
  const objectives = [0, 1, 2, 3].map((goal) => mean(candidates, goal));
  return {
    ...{
      runId,
      number,
      mergeWeights: [0.25, 0.25, 0.25, 0.25],
      merged: new Uint8Array([number % 251, number >> 8]),
      experts: [],
      states: {},
    },
    metrics: {
      ...{
        round: number,
        step: number * 4,
        scored: (number + 1) * roundSize,
        mergeWeights: [0.25, 0.25, 0.25, 0.25],
        expertSpread: number === 0 ? null : 0.3,
        disagreement: number === 0 ? null : 0.6,
        diversity: 0.85,
        valid: 0.97,
        unique: 0.95,
      },
      ...{
        total: objectives.reduce((sum, one) => sum + one.mean / 4, 0),
        objectives,
        constraints: [],
        experts: [],
        scaffolds: 100,
        seconds: 2,
      },
    },
    rollouts: experts.map((expert, i) => ({
      step: number * 4,
      expert,
      sampler: { temperature: 1 },
      samples: sampled(number === 0 ? candidates : candidates.slice(i * share, (i + 1) * share)),
    })),
    candidates,
  };
}

/**
 * @param count of candidates; of molecules at most 100,000.
 * @param isPredicted whether a predictor of molecules is asked by the first goal.
 * @returns the run's id
 */
export function fillRun(
  db: WritableWorkspace,
  count: number,
  modality: FilledModality = 'molecule',
  isPredicted = false,
): number {
  const name = modality === 'molecule' ? 'Filled with molecules' : 'Filled with DNA';
  const constraints = [
    {
      id: modality === 'molecule' ? 'alerts' : 'synthesis',
      label: modality === 'molecule' ? 'Structural alerts' : 'Broken rules of synthesis',
      unit: '',
      max: 0,
      tolerance: 0,
      parameters: {},
    },
  ];
  const settings = {
    method: 'iterative',
    steps: 4 * Math.max(1, Math.ceil(count / roundSize) - 1),
    merge_every: 4,
    experts_a_round: 4,
    batch: 64,
  };
  const prior = modality === 'molecule' ? 'druglike' : 'enhancer';
  const objectives = isPredicted ? [predicted, ...goals.molecule.slice(1)] : goals[modality];
  const designId = createDesign(db, {
    name,
    modality,
    source: `name = "${name}"\ndomain = "${modality}"\n`,
    resolved: { name, modality, prior, generate: null, settings, objectives, constraints },
  });
  const runId = createRun(db, {
    ...{ designId, seed: 1, method: 'iterative', settings, objectives, constraints, aggregate: 'arithmetic' },
    ...{
      prior,
      priorKey: 'ab'.repeat(32),
      device: 'cpu',
      threads: 1,
      software: 'filled',
      ...(isPredicted && { predictors: predictorPins({ objectives: [predicted], constraints: [] }) }),
    },
  });
  const uniform = uniforms(7);
  for (let first = 0, number = 0; first < count; first += roundSize, number++) {
    const candidates = Array.from({ length: Math.min(roundSize, count - first) }, (_, i) =>
      candidate(first + i, count, modality, uniform),
    );
    commitRound(db, roundOf(runId, number, candidates));
  }
  dropSuperseded(db, runId, ['merged']);
  updateRunState(db, runId, 'finished');
  return runId;
}
