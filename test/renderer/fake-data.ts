/**
 * @file A plausible catalogue, run and candidates made by hand, for tests of the interface's state and for looking at
 * it without a host.
 */
import type {
  BackupInfo,
  Candidate,
  Catalogue,
  DeviceInfo,
  DnaAlignment,
  Estimate,
  InstalledModel,
  LogoPosition,
  ObjectiveInfo,
  PredictedActivity,
  Preview,
  RoundMetrics,
  RunDetail,
  RunState,
  RunSummary,
} from '../../contract/api.ts';
import type { Design } from '../../contract/design-shape.ts';
import { molecules } from './molecules.ts';

export const celecoxib = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';

const plain = { modality: 'molecule', group: 'Quality', source: 'RDKit', parameters: [] } as const;

export const objectives: ObjectiveInfo[] = [
  {
    ...plain,
    id: 'qed',
    label: 'Drug-likeness (QED)',
    unit: '',
    description: 'How much a molecule resembles approved oral drugs.',
    typical: [0.2, 0.95],
    defaultGoal: { kind: 'higher', from: 0.3, to: 0.9 },
    parameters: [],
  },
  {
    ...plain,
    id: 'sa',
    label: 'Easy to make (SA score)',
    unit: '',
    description: 'How common its parts are and how complex its shape is; 1 is easy, 10 is hard.',
    typical: [1, 6],
    defaultGoal: { kind: 'lower', from: 2, to: 5 },
    parameters: [],
  },
  {
    ...plain,
    id: 'logp',
    label: 'Greasiness (logP)',
    unit: '',
    description: 'Preference for fat over water; very greasy molecules dissolve badly.',
    typical: [-1, 6],
    defaultGoal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
    parameters: [],
  },
  {
    ...plain,
    id: 'similarity',
    label: 'Similar to a molecule',
    unit: '',
    description: 'Tanimoto similarity of ECFP4 fingerprints to a reference molecule.',
    typical: [0, 1],
    defaultGoal: { kind: 'higher', from: 0.1, to: 0.6 },
    parameters: [{ name: 'reference', type: 'structure', help: 'A known drug’s name, or SMILES.', default: null }],
  },
  {
    ...plain,
    id: 'mw',
    label: 'Size (molecular weight)',
    unit: 'g/mol',
    description: 'Mass of one mole.',
    typical: [150, 600],
    defaultGoal: { kind: 'range', low: 250, high: 450, tolerance: 50 },
    parameters: [],
  },
  {
    ...plain,
    id: 'alerts',
    label: 'Structural alerts',
    unit: 'alerts',
    description: 'Substructures that react with assays or are known to be toxic.',
    typical: [0, 5],
    defaultGoal: { kind: 'lower', from: 0, to: 3 },
    parameters: [
      {
        name: 'sets',
        type: 'choices',
        help: 'Which collections of alerts count.',
        default: ['pains', 'brenk'],
        choices: ['pains', 'brenk', 'nih'],
      },
    ],
  },
];

export const models: InstalledModel[] = [
  {
    kind: 'generator',
    name: 'druglike',
    file: '/opt/amalgam/models/druglike.safetensors',
    own: false,
    modality: 'molecule',
    bytes: 3_144_368,
    parameters: 1_570_176,
    headline: 'Drug-like molecules as SMILES: of 10,000 samples 95.3% are valid.',
    predicts: [],
    hasCard: true,
    problem: null,
  },
  {
    kind: 'predictor',
    name: 'targets',
    file: '/opt/amalgam/models/targets',
    own: false,
    modality: 'molecule',
    bytes: 1_000_000,
    parameters: null,
    headline: 'Classifiers of activity.',
    predicts: [{ id: 'drd2', label: 'Dopamine D2 receptor (DRD2)', unit: '' }],
    hasCard: true,
    problem: null,
  },
];

export const design: Design = {
  name: 'COX-2 leads, less greasy',
  modality: 'molecule',
  prior: 'druglike',
  generate: {},
  run: { steps: 160, merge_every: 4 },
  objective: [
    { id: 'qed', goal: 'higher', weight: 0.4 },
    { id: 'sa', goal: 'lower', weight: 0.2 },
    { id: 'logp', goal: 'range', range: [1, 3], tolerance: 1, weight: 0.15 },
    { id: 'similarity', label: 'Like celecoxib', reference: celecoxib, weight: 0.25 },
  ],
  constraint: [{ id: 'alerts', sets: ['pains', 'brenk'], max: 0 }],
};

/** Half a minute, plus three sixteenths of a minute per round. */
export function estimateOf({ run }: Design): Estimate {
  const rounds = Number(run.steps ?? 160) / Number(run.merge_every ?? 4);
  return {
    minutes: 0.5 + 0.1875 * rounds,
    minutesOnce: 0.5,
    minutesARound: 0.1875,
    sameGoals: true,
    basis: 'Estimated from run 3, which had the same goals.',
  };
}

export const catalogue: Catalogue = {
  objectives,
  generate: {
    molecule: [],
    dna: [
      { name: 'length', type: 'integer', help: 'Bases of each sequence.', default: null, min: 1, max: 100000 },
      { name: 'prefix', type: 'text', help: 'Bases at the start of every sequence.', default: '' },
    ],
  },
  settings: [
    {
      name: 'steps',
      type: 'integer',
      help: 'Training steps of each expert. More steps, better molecules, more time.',
      default: 160,
      min: 4,
      max: 5000,
    },
    {
      name: 'merge_every',
      type: 'integer',
      help: 'Steps between two merges of the experts.',
      default: 4,
      min: 1,
      max: 1000,
    },
    {
      name: 'experts_a_round',
      type: 'integer',
      help: 'How many goals are trained in a round; at most all of them.',
      default: 4,
      min: 1,
      max: 16,
    },
    { name: 'batch', type: 'integer', help: 'Molecules made in one step.', default: 64, min: 8, max: 1024 },
    {
      name: 'merge_weights',
      type: 'choice',
      help: 'Given by the goals’ weights, or searched.',
      default: 'given',
      choices: ['given', 'searched'],
    },
    {
      name: 'kl',
      type: 'number',
      help: 'How strongly the experts stay near the generator they began as.',
      default: 0.02,
      min: 0,
      max: 10,
    },
    { name: 'diversity', type: 'boolean', help: 'Lower the reward of what was made often.', default: true },
  ],
  methods: [
    {
      id: 'iterative',
      label: 'One expert a goal, merged often',
      description: 'Experts learn their goals side by side and are blended every few steps. Lets you steer afterwards.',
    },
    {
      id: 'morlhf',
      label: 'One policy for the weighted sum',
      description: 'A single generator learns all goals at once with fixed weights.',
    },
    {
      id: 'soups',
      label: 'One expert a goal, merged once',
      description: 'Experts learn alone to the end and are blended at the last step.',
    },
  ],
  goals: ['higher', 'lower', 'target', 'range'],
  priors: [
    {
      name: 'druglike',
      modality: 'molecule',
      parameters: 1_800_000,
      bytes: 7_200_000,
      headline: 'Drug-like molecules, 1.8 M parameters, 96% valid.',
      realism: true,
      limits: [],
    },
    {
      name: 'enhancer',
      modality: 'dna',
      parameters: 800_000,
      bytes: 1_600_000,
      headline: 'Human enhancers and promoters.',
      realism: false,
      limits: [],
    },
  ],
  examples: [
    {
      file: 'oral-lead.toml',
      name: 'A lead for an oral drug',
      summary: 'Drug-like, easy to make, not too greasy, and similar to a known ligand.',
      design,
    },
    {
      file: 'small.toml',
      name: 'Small and simple',
      summary: 'Two goals on a small budget, to see how it works in a minute.',
      design: { ...design, name: 'Small and simple', objective: design.objective.slice(0, 2) },
    },
  ],
};

export const devices: DeviceInfo[] = [
  {
    id: 'cpu',
    label: 'CPU, 2 threads',
    available: true,
    chosen: true,
    reason: null,
    selfTest: 'passed, within 3e-7',
    trainingStepMs: 152,
  },
  {
    id: 'webgpu',
    label: 'WebGPU',
    available: true,
    chosen: false,
    reason: 'Slower than the CPU here: a software driver.',
    selfTest: 'passed, within 4e-6',
    trainingStepMs: 1840,
  },
  {
    id: 'tensorflow',
    label: 'TensorFlow',
    available: false,
    chosen: false,
    reason: '@tensorflow/tfjs-node is not installed.',
    selfTest: null,
    trainingStepMs: null,
  },
];

export function summary(state: RunState, change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 1,
    designId: 1,
    design: design.name,
    state,
    method: 'iterative',
    seed: 1,
    round: 30,
    rounds: 40,
    firstExpertRound: 1,
    scored: 7680,
    valid: 7449,
    unique: 7010,
    best: 0.9312,
    created: '2026-05-12T09:20:00Z',
    updated: '2026-05-12T09:26:00Z',
    seconds: 388,
    secondsLeft: state === 'running' ? 130 : null,
    device: 'CPU, 2 threads',
    message: state === 'failed' ? 'The disk is full: the last round could not be written.' : null,
    ...change,
  };
}

const began = [0.62, 0.6, 0.45, 0.22];
const ends = [0.86, 0.78, 0.83, 0.61];
const rawMeans = [0.71, 3.1, 2.6, 0.31];

export function round(n: number, of = 40): RoundMetrics {
  const rise = 1 - Math.exp((-3 * n) / of);
  const wobble = (i: number): number => 0.012 * Math.sin(n * 1.7 + i * 2.1);
  const means = began.map((from, i) => from + (ends[i] - from) * rise + (n === 0 ? 0 : wobble(i)));
  return {
    round: n,
    step: n * 4,
    scored: n * 256,
    mergeWeights: [0.4, 0.2, 0.15, 0.25],
    expertSpread: n === 0 ? null : 0.31,
    disagreement: n === 0 ? null : 0.5 + 0.2 * rise,
    diversity: 0.86 - 0.1 * rise,
    valid: 0.97,
    unique: 0.94,
    total: means.reduce((sum, mean, i) => sum + mean * [0.4, 0.2, 0.15, 0.25][i], 0),
    objectives: means.map((mean, i) => ({ mean, low: mean - 0.05, high: mean + 0.05, raw: rawMeans[i] })),
    constraints: [{ met: 0.9 + 0.06 * rise, violation: 0.1 - 0.06 * rise, multiplier: 0.42 * rise }],
    experts: [],
    scaffolds: 40 + n * 39,
    seconds: 11,
  };
}

export function runDetail(state: RunState, rounds: number): RunDetail {
  const goals: RunDetail['objectives'] = [
    {
      id: 'qed',
      label: 'Drug-likeness',
      detail: 'higher is better, good from 0.9',
      unit: '',
      goal: { kind: 'higher', from: 0.3, to: 0.9 },
      weight: 0.4,
      parameters: {},
    },
    {
      id: 'sa',
      label: 'Easy to make',
      detail: 'lower is better, good up to 2',
      unit: '',
      goal: { kind: 'lower', from: 2, to: 5 },
      weight: 0.2,
      parameters: {},
    },
    {
      id: 'logp',
      label: 'Greasiness',
      detail: 'between 1 and 3',
      unit: '',
      goal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
      weight: 0.15,
      parameters: {},
    },
    {
      id: 'similarity',
      label: 'Like celecoxib',
      detail: 'celecoxib, higher is better, good from 0.6',
      unit: '',
      goal: { kind: 'higher', from: 0.1, to: 0.6 },
      weight: 0.25,
      parameters: { reference: celecoxib },
    },
  ];
  return {
    summary: summary(state, { round: Math.max(0, rounds - 1) }),
    modality: 'molecule',
    generate: {},
    objectives: goals,
    constraints: [{ id: 'alerts', label: 'Structural alerts', unit: '', kind: 'learned', max: 0, allowed: 0.05 }],
    settings: {
      method: 'iterative',
      steps: 160,
      merge_every: 4,
      experts_a_round: 4,
      batch: 64,
      kl: 0.02,
      diversity: true,
    },
    prior: 'druglike',
    priorKey: 'ab'.repeat(32),
    predictors: [{ file: 'admet-ai/regression_0.safetensors', key: 'cd'.repeat(32) }],
    extensions: [],
    usualReach: 4,
    rounds: Array.from({ length: rounds }, (_, n) => round(n)),
    alarm: null,
    advice:
      rounds < 2
        ? ''
        : 'The goals are rising together. The experts drift apart more since round 6; merging every 4 steps still holds.',
  };
}

/** The index-th best of an endless list: totals decrease slowly, structures repeat. */
export function candidate(index: number): Candidate {
  const known = molecules[index % molecules.length];
  const similarity = 0.62 - (0.4 * ((index * 7) % 41)) / 41;
  const scores = [
    known.qed,
    (5 - known.sa) / 3,
    known.logp > 3 ? Math.max(0, 4 - known.logp) : Math.min(1, known.logp),
    similarity,
  ].map((value) => Math.min(1, Math.max(0, value)));
  return {
    id: index + 1,
    sequence: known.smiles,
    total: 0.9312 - 0.0009 * Math.min(index, 900),
    raw: [known.qed, known.sa, known.logp, index === 3 ? null : similarity],
    scores: index === 3 ? [...scores.slice(0, 3), null] : scores,
    constraints: [0],
    starred: index === 1,
    round: 1 + (index % 30),
  };
}

/** A bell-shaped distribution over the typical range. */
export function previewOf(id: string): Preview {
  const [low, high] = objectives.find((objective) => objective.id === id)?.typical ?? [0, 1];
  const at = (p: number): number => low + p * (high - low);
  const counts = Array.from({ length: 32 }, (_, i) => Math.round(90 * Math.exp(-(((i - 17) / 7) ** 2))));
  return {
    count: 980,
    missing: 20,
    histogram: { low, high, counts },
    quantiles: { q05: at(0.2), q25: at(0.42), q50: at(0.55), q75: at(0.68), q95: at(0.9) },
    examples: [0.2, 0.55, 0.9].map((p, i) => ({ sequence: molecules[i].smiles, raw: at(p) })),
    fitted: {
      higher: { from: at(0.55), to: at(0.9) },
      lower: { from: at(0.2), to: at(0.55) },
      tolerance: (high - low) * 0.13,
    },
  };
}

export const activities: PredictedActivity[] = [
  { objective: 'dna-hepg2', value: 0.4, error: 0.5, inside: true, reads: 200, fewest: 200 },
  { objective: 'dna-yeast-ypd', value: null, error: null, inside: false, reads: 80, fewest: 65 },
];

export const alignment: DnaAlignment = {
  name: 'native',
  of: 1,
  bases: 8,
  strand: '+',
  score: 21,
  candidate: 'ACGTTA-CA',
  reference: 'ACCT-AGCA',
  columns: 9,
  matches: 6,
  substitutions: 1,
  insertions: 1,
  deletions: 1,
  gaps: 2,
  remarks: [],
};

export const logo: LogoPosition[] = [
  { counts: [4, 0, 0, 0], bits: 1.46 },
  { counts: [1, 1, 1, 1], bits: 0 },
  { counts: [0, 0, 1, 3], bits: 0.65 },
];

export const backups: BackupInfo[] = [
  { file: '/home/ada/backups/colitis 2026-05-12 09-20-31.amalgam', bytes: 40_800_000, made: '2026-05-12T09:20:31Z' },
];
