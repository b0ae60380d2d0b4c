/**
 * The whole interface between renderer and host: every method with the schemas
 * of its parameters and result, every topic with the schema of its events.
 * Both sides validate against this file at run time; types derive from it.
 */
import { z } from 'zod';
import { constraintKinds, designSchema, goalKinds, methods, parameterValue } from './design.ts';

const id = z.number().int().positive();
const score = z.number().nullable();

export const exportFormats = ['smi', 'csv', 'sdf', 'fasta'] as const;

export const runStates = ['running', 'paused', 'stopped', 'finished', 'failed', 'interrupted'] as const;

/** Names in the shipped tables of DNA. */
export const nameKinds = ['enzyme', 'motif'] as const;

/** How one parameter is asked for in a form. */
export const parameterInfo = z.object({
  name: z.string(),
  /** A shorter name that is understood as well. */
  alias: z.string().optional(),
  type: z.enum(['text', 'list', 'structure', 'structures', 'sequences', 'motifs', 'file', 'folder', 'number', 'integer', 'boolean', 'choice', 'choices']),
  help: z.string(),
  default: parameterValue.nullable(),
  /** There is no default, and it need not be given. */
  optional: z.boolean().optional(),
  choices: z.array(z.string()).optional(),
  /** Of which names some are offered while one is typed: `dna.names`. */
  suggest: z.enum(nameKinds).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

export const goalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('higher'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('lower'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('target'), value: z.number(), tolerance: z.number() }),
  z.object({ kind: z.literal('range'), low: z.number(), high: z.number(), tolerance: z.number() }),
  z.object({ kind: z.literal('step'), side: z.enum(['at_least', 'at_most']), threshold: z.number(), tolerance: z.number() }),
  z.object({ kind: z.literal('table'), points: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly() }),
]);

export const objectiveInfo = z.object({
  id: z.string(),
  label: z.string(),
  domain: z.enum(['molecule', 'dna', 'any']),
  /** Heading under which it is listed. */
  group: z.string(),
  unit: z.string(),
  description: z.string(),
  source: z.string(),
  typical: z.tuple([z.number(), z.number()]),
  defaultGoal: goalSchema,
  parameters: z.array(parameterInfo),
});

export const modelInfo = z.object({
  name: z.string(),
  domain: z.enum(['molecule', 'dna']),
  parameters: z.number().int(),
  bytes: z.number().int(),
  card: z.string(),
  headline: z.string(),
});

export const exampleInfo = z.object({ file: z.string(), name: z.string(), summary: z.string(), design: designSchema });

export const catalogue = z.object({
  objectives: z.array(objectiveInfo),
  /** Keys of the [generate] table by domain. */
  generate: z.object({ molecule: z.array(parameterInfo), dna: z.array(parameterInfo) }),
  settings: z.array(parameterInfo),
  methods: z.array(z.object({ id: z.enum(methods), label: z.string(), description: z.string() })),
  goals: z.array(z.enum(goalKinds)),
  priors: z.array(modelInfo),
  examples: z.array(exampleInfo),
});

/** One thing wrong with a design: where, what, and the nearest valid choice. */
export const problem = z.object({
  path: z.string(),
  line: z.number().int().optional(),
  message: z.string(),
  suggestion: z.string().optional(),
});

/** A goal of a run with everything filled in. */
export const resolvedObjective = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  unit: z.string(),
  goal: goalSchema,
  /** Keys of the design that were left out and fitted to the prior's own samples. */
  fitted: z.array(z.string()).optional(),
  weight: z.number(),
  parameters: z.record(z.string(), parameterValue),
});

export const runSummary = z.object({
  id,
  designId: id,
  design: z.string(),
  state: z.enum(runStates),
  method: z.enum(methods),
  seed: z.number().int(),
  round: z.number().int(),
  rounds: z.number().int(),
  scored: z.number().int(),
  valid: z.number().int(),
  unique: z.number().int(),
  best: score,
  created: z.string(),
  updated: z.string(),
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  device: z.string(),
  message: z.string().nullable(),
});

/** Mean transformed score of one objective over a set of sequences, with its spread. */
export const meanScore = z.object({ mean: score, low: score, high: score, raw: score });

/** How a set of sequences keeps one limit; null where nothing has a value. */
export const constraintMetrics = z.object({
  /** Share that meets it. */
  met: score,
  /** Mean violation between 0 and 1. */
  violation: score,
  /** Of a limit with learnt pressure, for the next round; null for others. */
  multiplier: score,
});

export const expertMetrics = z.object({
  objective: z.number().int(),
  reward: z.number(),
  valid: z.number(),
  unique: z.number(),
  novel: z.number(),
  repeated: z.number(),
  klPrior: z.number(),
  loss: z.number(),
  drift: z.number(),
  secondsSampling: z.number(),
  secondsScoring: z.number(),
  secondsLearning: z.number(),
  scores: z.array(meanScore),
});

/** Live numbers of one round; round 0 is the prior before any training. */
export const roundMetrics = z.object({
  round: z.number().int(),
  step: z.number().int(),
  scored: z.number().int(),
  mergeWeights: z.array(z.number()),
  /** Distance between the experts' weights, relative to how far they moved. */
  divergence: z.number().nullable(),
  valid: z.number(),
  unique: z.number(),
  total: score,
  objectives: z.array(meanScore),
  /** One a limit; rounds from before they were measured have none. */
  constraints: z.array(constraintMetrics).default([]),
  experts: z.array(expertMetrics),
  scaffolds: z.number().int(),
  seconds: z.number(),
});

/** A limit of a run with everything filled in. */
export const runConstraint = z.object({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  kind: z.enum(constraintKinds),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Of a learned limit: mean violation that is allowed. */
  allowed: z.number().optional(),
});

export const runDetail = z.object({
  summary: runSummary,
  domain: z.enum(['molecule', 'dna']),
  /** What was to be generated, as lines of a [generate] table; empty for whatever the generator writes. */
  generate: z.record(z.string(), z.union([z.string(), z.number()])),
  objectives: z.array(resolvedObjective),
  constraints: z.array(runConstraint),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  prior: z.string(),
  rounds: z.array(roundMetrics),
  /** A plain sentence or two on how the run goes. */
  advice: z.string(),
});

export const candidate = z.object({
  id,
  sequence: z.string(),
  total: score,
  raw: z.array(score),
  scores: z.array(score),
  constraints: z.array(score),
  starred: z.boolean(),
  round: z.number().int(),
});

export const candidateDetail = candidate.extend({
  runId: id,
  step: z.number().int(),
  source: z.string(),
  seed: z.number().int(),
  prior: z.string(),
  logLikelihood: score,
  priorLogLikelihood: score,
  times: z.number().int(),
  note: z.string(),
});

/** A place of a DNA sequence that a goal or a limit looks at. Positions count from 0, the end is not included. */
export const sequenceFeature = z.object({
  kind: z.enum(['motif', 'site', 'rule']),
  /** Of the factor, the enzyme or the broken rule. */
  name: z.string(),
  start: z.number().int().min(0),
  /** Beyond the sequence's length where a site spans the ends of a circle. */
  end: z.number().int(),
  /** null where it belongs to both. */
  strand: z.enum(['+', '-']).nullable(),
  note: z.string(),
});

const atomGroups = z.array(z.array(z.number().int().min(0)).max(1000)).max(1000);

/** A part of a molecule that a goal, a limit or a set of alerts finds. */
export const moleculeGroup = z.object({
  kind: z.enum(['alert', 'structure']),
  /** The set of alerts, or the goal in words. */
  of: z.string(),
  /** Of the alert, or the pattern. */
  name: z.string(),
  /** Indices of its atoms in the candidate's SMILES, of each match. */
  matches: atomGroups,
  note: z.string(),
});

/** A program of the user's own, with all that the consent to run it is for. */
export const programInfo = z.object({
  /** SHA-256 of what follows; another key is another program, or the same one changed. */
  key: z.string(),
  kind: z.enum(['command', 'module']),
  /** As the design says it. */
  text: z.string(),
  executable: z.string(),
  args: z.array(z.string()),
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** What is started, as one line; words that hold spaces are in quotes. */
export function commandLine({ executable, args }: z.output<typeof programInfo>): string {
  return [executable, ...args].map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

/** A program that the user has allowed to run. */
export const consentInfo = programInfo.extend({ given: z.string() });

/** Details of the error `consent-needed`. */
export const consentNeeded = z.object({ programs: z.array(programInfo) });

export const deviceInfo = z.object({
  id: z.string(),
  label: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  reason: z.string().nullable(),
  selfTest: z.string().nullable(),
  trainingStepMs: z.number().nullable(),
});

const nothing = z.object({});
const byRun = z.object({ runId: id });
const weights = z.array(z.number().min(0)).optional();

/** Methods: name -> parameters and result. */
export const methodSchemas = {
  'app.info': {
    params: nothing,
    result: z.object({ version: z.string(), workspace: z.string(), workspaceBytes: z.number(), device: z.string() }),
  },
  'app.devices': { params: nothing, result: z.array(deviceInfo) },
  'app.catalogue': { params: nothing, result: catalogue },
  'design.check': {
    params: z.union([z.object({ toml: z.string() }), z.object({ design: z.unknown() })]),
    result: z.object({ ok: z.boolean(), problems: z.array(problem), design: designSchema.optional(), minutes: z.number().nullable() }),
  },
  'design.create': { params: z.object({ design: designSchema }), result: z.object({ designId: id }) },
  'design.list': {
    params: nothing,
    result: z.array(z.object({ id, name: z.string(), domain: z.string(), created: z.string(), runs: z.array(runSummary) })),
  },
  'design.get': { params: z.object({ designId: id }), result: z.object({ design: designSchema, toml: z.string() }) },
  'design.delete': { params: z.object({ designId: id }), result: nothing },
  'run.start': { params: z.object({ designId: id, seed: z.number().int().min(0) }), result: runSummary },
  'run.pause': { params: byRun, result: runSummary },
  'run.resume': { params: byRun, result: runSummary },
  'run.stop': { params: byRun, result: runSummary },
  'run.list': { params: nothing, result: z.array(runSummary) },
  'run.get': { params: byRun, result: runDetail },
  'run.top': {
    params: z.object({
      runId: id,
      by: z.union([z.literal('total'), z.number().int().min(0)]).default('total'),
      weights,
      limit: z.number().int().min(1).max(1000).default(24),
      offset: z.number().int().min(0).default(0),
      distinctScaffolds: z.boolean().default(false),
      starredOnly: z.boolean().default(false),
    }),
    result: z.object({ count: z.number().int(), candidates: z.array(candidate) }),
  },
  /** How what a generator writes by itself scores on an objective. Slow at the first time for a generator or an objective with parameters. */
  'objective.preview': {
    params: z.object({ domain: z.enum(['molecule', 'dna']), prior: z.string(), id: z.string(), parameters: z.record(z.string(), z.unknown()).default({}) }),
    result: z.object({
      /** Sequences with a value, and those where it is missing. */
      count: z.number().int(),
      missing: z.number().int(),
      histogram: z.object({ low: z.number(), high: z.number(), counts: z.array(z.number().int()) }).nullable(),
      quantiles: z.object({ q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() }).nullable(),
      /** At low, middle and high values. */
      examples: z.array(z.object({ sequence: z.string(), raw: z.number() })),
      /** Numbers of goals that fit this distribution; a kind is left out where the objective's own serve better. */
      fitted: z.object({ higher: z.object({ from: z.number(), to: z.number() }).optional(), lower: z.object({ from: z.number(), to: z.number() }).optional(), tolerance: z.number().optional() }),
    }),
  },
  /** Programs that the user has allowed, newest first. */
  'consent.list': { params: nothing, result: z.array(consentInfo) },
  /** Only for a program that an error `consent-needed` has named. */
  'consent.allow': { params: z.object({ key: z.string() }), result: nothing },
  'consent.revoke': { params: z.object({ key: z.string() }), result: nothing },
  'candidate.get': { params: z.object({ candidateId: id }), result: candidateDetail },
  'candidate.star': { params: z.object({ candidateId: id, starred: z.boolean() }), result: nothing },
  /** What the goals and limits of its run see in a candidate of DNA, by position; empty for molecules. */
  'candidate.features': { params: z.object({ candidateId: id }), result: z.object({ features: z.array(sequenceFeature) }) },
  /** What the goals and limits of its run find in a candidate that is a molecule, and structural alerts; empty for DNA. */
  'candidate.groups': { params: z.object({ candidateId: id }), result: z.object({ groups: z.array(moleculeGroup) }) },
  /** Classes of approved drugs with enough members to compare with. */
  'drugs.classes': { params: nothing, result: z.object({ classes: z.array(z.object({ code: z.string(), name: z.string(), count: z.number().int() })), count: z.number().int() }) },
  /** Where a candidate's raw values stand among approved drugs, in percent, in the order of the goals; null where there is nothing to compare. */
  'candidate.percentiles': { params: z.object({ candidateId: id, atc: z.string().max(5).default('') }), result: z.object({ percentiles: z.array(score), count: z.number().int() }) },
  /** Known enzymes or motifs whose name is like the text, the nearest first. */
  'dna.names': {
    params: z.object({ kind: z.enum(nameKinds), text: z.string().min(1).max(200), limit: z.number().int().min(1).max(50).default(8) }),
    result: z.object({ names: z.array(z.string()) }),
  },
  /** Known drugs whose name starts with the text, then those that hold it. */
  'molecule.names': {
    params: z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(50).default(8) }),
    result: z.object({ names: z.array(z.string()) }),
  },
  'molecule.depict': {
    params: z.object({
      /** SMILES, which a name may follow, or names of known compounds. */
      smiles: z.array(z.string()).max(200),
      width: z.number().int().min(40).max(1200),
      height: z.number().int().min(40).max(1200),
      theme: z.enum(['light', 'dark']),
      highlight: z.string().optional(),
      /** Atoms to mark, in groups; the same in every structure. */
      marked: atomGroups.optional(),
    }),
    result: z.object({ svg: z.array(z.string().nullable()) }),
  },
  'steer.sample': {
    params: z.object({ runId: id, weights: z.array(z.number().min(0)), n: z.number().int().min(1).max(1000), seed: z.number().int().min(0).optional() }),
    result: z.object({
      blendId: id,
      weights: z.array(z.number()),
      sampled: z.number().int(),
      valid: z.number().int(),
      unique: z.number().int(),
      known: z.number().int(),
      seconds: z.number(),
      objectives: z.array(meanScore),
      total: score,
      candidates: z.array(candidate),
    }),
  },
  'run.export': {
    params: z.object({
      runId: id,
      format: z.enum(exportFormats),
      top: z.number().int().min(1).max(1_000_000),
      weights,
      starredOnly: z.boolean().default(false),
    }),
    result: z.object({ fileName: z.string(), mime: z.string(), content: z.string(), count: z.number().int() }),
  },
} as const;

/** Topics: name -> parameters and event. */
export const topicSchemas = {
  /** Everything that changes in one run. Each event replaces what it names. */
  run: {
    params: byRun,
    event: z.discriminatedUnion('type', [
      z.object({ type: z.literal('state'), summary: runSummary }),
      z.object({ type: z.literal('round'), summary: runSummary, round: roundMetrics, advice: z.string() }),
      z.object({ type: z.literal('progress'), step: z.number(), steps: z.number(), message: z.string() }),
    ]),
  },
  /** The summary of any run that changed. */
  runs: { params: nothing, event: runSummary },
} as const;

export type Methods = typeof methodSchemas;
export type Method = keyof Methods;
export type Params<M extends Method> = z.input<Methods[M]['params']>;
/** Parameters after defaults: what a handler receives. */
export type Parsed<M extends Method> = z.output<Methods[M]['params']>;
export type Result<M extends Method> = z.output<Methods[M]['result']>;
export type Topics = typeof topicSchemas;
export type Topic = keyof Topics;
export type TopicParams<T extends Topic> = z.input<Topics[T]['params']>;
export type TopicEvent<T extends Topic> = z.output<Topics[T]['event']>;

export type RunState = (typeof runStates)[number];
export type RunSummary = z.output<typeof runSummary>;
export type RunDetail = z.output<typeof runDetail>;
export type RoundMetrics = z.output<typeof roundMetrics>;
export type ExpertMetrics = z.output<typeof expertMetrics>;
export type MeanScore = z.output<typeof meanScore>;
export type ResolvedObjective = z.output<typeof resolvedObjective>;
export type RunConstraint = z.output<typeof runConstraint>;
export type ConstraintMetrics = z.output<typeof constraintMetrics>;
export type Candidate = z.output<typeof candidate>;
export type SequenceFeature = z.output<typeof sequenceFeature>;
export type MoleculeGroup = z.output<typeof moleculeGroup>;
export type NameKind = (typeof nameKinds)[number];
export type CandidateDetail = z.output<typeof candidateDetail>;
export type Preview = Result<'objective.preview'>;
export type Catalogue = z.output<typeof catalogue>;
export type ObjectiveInfo = z.output<typeof objectiveInfo>;
export type ParameterInfo = z.output<typeof parameterInfo>;
export type Problem = z.output<typeof problem>;
export type ProgramInfo = z.output<typeof programInfo>;
export type ConsentInfo = z.output<typeof consentInfo>;
export type DeviceInfo = z.output<typeof deviceInfo>;
export type GoalInfo = z.output<typeof goalSchema>;

/** Codes of errors that the host answers with; stable, for programs. */
export const errorCodes = ['bad-message', 'unknown-method', 'not-found', 'bad-input', 'conflict', 'consent-needed', 'workspace', 'failed', 'host-lost'] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error that crosses the wire with its stable code. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }
}

/** The two primitives over which renderer and host talk. */
export interface Transport {
  invoke(method: string, params: unknown): Promise<unknown>;
  /** @returns a function that ends the subscription */
  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void;
}
