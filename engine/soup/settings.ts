/**
 * Every setting of a run, declared once: type, default, range and help. The
 * form, the design file's [run] table and validation all derive from it. Names
 * are those of the file.
 *
 * Values marked "paper" are those of IterativeRS (arXiv 2511.00220) or of the
 * TRL defaults that it trained with; "REINVENT" is Olivecrona et al. 2017 and
 * Blaschke et al. 2020.
 */
import { z } from 'zod';
import { didYouMean, nearest } from '../base/nearest.ts';
import { aggregates } from '../objectives/aggregate.ts';
import { type AllowedValues, expected, nearestValue, unquoted } from './allowed-values.ts';
import { budgetProblems, type SettingProblem, withinBudget } from './budget.ts';

export const methods = ['iterative', 'morlhf', 'soups', 'ric'] as const;
export type Method = (typeof methods)[number];

const whole = (min: number, max: number, value: number) => z.int().min(min).max(max).default(value);
const real = (min: number, max: number, value: number) => z.number().min(min).max(max).default(value);

export const runSettingsSchema = z.strictObject({
  method: z
    .enum(methods)
    .default('iterative')
    .describe(
      'How goals are combined: one expert a goal, merged again and again (iterative); one generator trained on the weighted sum (morlhf); experts merged once at the end (soups); one generator that is told which rewards to write for (ric).',
    ),
  steps: whole(1, 100_000, 96).describe('T: rollout batches of each expert over the whole run.'),
  merge_every: whole(1, 10_000, 8).describe('m: steps between two merges. Steps must be a multiple of it.'),
  budget: whole(0, 10_000_000, 0).describe(
    'Most distinct valid sequences that the run may score; 0 for no limit. It sets steps, merge_every, updates and the samples that are measured, unless they are given. Sequences that a run has scored before, and invalid ones, are drawn again and cost nothing.',
  ),
  experts_a_round: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('M: how many goals are trained in each round, drawn again every round. Left out: all of them.'),
  batch: whole(2, 4096, 16).describe('Sequences sampled and scored at each step of an expert.'),
  learning_rate: z
    .number()
    .min(1e-7)
    .max(0.1)
    .optional()
    .describe(
      'Size of the optimizer steps after their warm-up. Left out: 0.0005 for morlhf and for iterative with a warm start, 0.001 for soups, ric and iterative without one; 0.002 with ppo.',
    ),
  schedule: z
    .enum(['constant', 'linear'])
    .default('linear')
    .describe(
      'Learning rate over the whole run: constant, or falling in a straight line to a tenth. Merges do not restart it.',
    ),
  loss: z
    .enum(['augmented', 'ppo'])
    .default('augmented')
    .describe(
      'How an expert learns: towards the prior raised by its rewards (augmented, as REINVENT), or proximal policy optimization (ppo, as in the paper).',
    ),
  sigma: real(0, 2000, 400).describe(
    'augmented: how many nats a reward of 1 is worth against the prior. More follows the goals, less stays with the prior.',
  ),
  baseline: z
    .enum(['batch', 'none'])
    .default('batch')
    .describe("augmented: whether the batch's mean gap is taken out of the loss (batch), or not (none, as REINVENT)."),
  replay_size: whole(0, 10_000, 128).describe('augmented: best sequences that each expert remembers; 0 for none.'),
  replay_sample: whole(0, 1000, 16).describe('augmented: remembered sequences learnt again at each step.'),
  replay_draw: z
    .enum(['uniform', 'rank'])
    .default('uniform')
    .describe(
      'augmented: which remembered sequences are learnt again: each with the same chance (uniform), or the best most often (rank), which goes with a large memory.',
    ),
  replay_memory: z
    .enum(['own', 'shared'])
    .optional()
    .describe(
      'augmented: whether each expert remembers the sequences that are best by its own reward (own), or all experts share one memory of those that are best by the total, and each learns them with its own reward (shared). Left out: shared for iterative, own for the others.',
    ),
  updates: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe(
      'augmented: optimizer steps on each rollout batch, each with its own draw of remembered sequences. They cost time and no scores. Left out: 4. The method ric takes them at the end of a stage, each on twice a batch of what it has kept. Left out: 1.',
    ),
  trust_region: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe(
      'augmented: nats by which a rollout sequence may become less likely during the updates on its batch before it is left out; 0 for no limit. Left out: 10.',
    ),
  online_stages: whole(0, 1000, 11).describe(
    'ric: how often the generator samples at desired rewards, keeps the best and learns again, after it has learnt from samples of the prior (paper: 2, on far more sequences). At most one less than there are rounds.',
  ),
  warm_start: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      'Share of the rounds, at the start of the run, in which one generator learns the total with the steps of all experts. Experts begin from it. Left out: 0.6 for iterative with a shared replay memory, 0 otherwise.',
    ),
  own_share: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      "How much of an expert's reward is its own goal; the rest is the total. At 1 experts differ most, which is what steering uses; less keeps them from giving up the other goals. Left out: 0.4 for iterative, 1 for soups and with ppo.",
    ),
  edit_share: real(0, 0.9, 0).describe(
    'augmented: share of each batch that is made by editing remembered sequences instead of being drawn from the generator: crossover and mutation of molecules, crossover and changed bases of DNA. The generator learns them as remembered sequences. Molecules around a scaffold are not edited.',
  ),
  kl: real(0, 10, 0.05).describe(
    'ppo: reward lost for each nat by which a token is likelier than under the prior (paper: 0.05).',
  ),
  clip: real(0.01, 1, 0.2).describe('ppo: how far a probability ratio may move in one step (paper: 0.2).'),
  epochs: whole(1, 32, 4).describe('ppo: optimizer steps on each rollout batch (paper: 4).'),
  temperature: real(0.1, 3, 1).describe('Sampling temperature; below 1 is safer, above 1 more varied.'),
  top_p: real(0.05, 1, 1).describe('Sample only from the likeliest tokens that together have this probability.'),
  merge: z
    .enum(['linear', 'slerp', 'ties', 'dare', 'fisher'])
    .default('linear')
    .describe(
      'How the weights of experts are combined: their weighted mean (linear); spherical interpolation of their changes since the last merge (slerp); the largest changes, where signs agree (ties); a random part of the changes, made larger (dare); their mean weighted by squared gradients (fisher).',
    ),
  merge_keep: real(0.01, 1, 0.2).describe('ties, dare: share of the changes that is kept.'),
  merge_scale: real(0.1, 4, 1).describe(
    'How many times as far as the merged experts a merge goes from where they began (task arithmetic). With fedexp, both factors count.',
  ),
  outer_step: z
    .enum(['mean', 'fedexp'])
    .optional()
    .describe(
      'How far a merge moves: to the mean of the experts (mean), or further the more the experts differ, up to as many times as there are experts (fedexp). Left out: fedexp for iterative, mean with ppo.',
    ),
  merge_weights: z
    .enum(['given', 'searched'])
    .default('given')
    .describe("Weights of a merge: the goals' weights, or the best of a random search."),
  search_draws: whole(1, 200, 8).describe('searched: merge weights tried at each merge.'),
  search_samples: whole(8, 4096, 32).describe(
    'searched: fresh sequences that score each try; they count to the budget.',
  ),
  moments: z
    .enum(['reset', 'keep', 'average'])
    .default('average')
    .describe(
      "What a merge does to the optimizer's moments: reset them (as in the paper's code), keep each expert's own, or average them like the weights.",
    ),
  aggregate: z
    .enum(aggregates)
    .default('arithmetic')
    .describe(
      'What makes one total of the scores: their weighted mean (arithmetic), their weighted geometric mean (geometric), their product, or the worst of them. For the last two all goals that weigh more than 0 count alike.',
    ),
  diversity: z
    .boolean()
    .default(true)
    .describe(
      'Lower the reward of what comes again and again: a molecule and its scaffold, a DNA sequence and those nearly identical to it.',
    ),
  diversity_bucket: whole(1, 10_000, 25).describe(
    'diversity: molecules of one scaffold, or nearly identical sequences, at which their reward is halved (REINVENT: 25).',
  ),
  measure_samples: whole(8, 4096, 64).describe(
    'Fresh sequences of the merged generator measured after each merge; they count to the budget.',
  ),
  final_samples: whole(8, 100_000, 256).describe(
    'Fresh sequences of the prior before, and of the merged generator after the run.',
  ),
});

/**
 * Learning rates for batches of 16 that are learned in several updates, and the share of the warm start; chosen on
 * designs that are not among the examples (docs/results.md, "The learner"). One generator on the total makes the steps
 * of all experts one after another, so its steps are smaller.
 */
const LEARNING_RATE = { ofTotal: 0.0005, ofExperts: 0.001 } as const;
const WARM_START = 0.6;
/** PPO takes several steps on each rollout. */
const PPO_LEARNING_RATE = 0.002;

/** Settings with everything filled in. */
export type RunSettings = Readonly<Required<z.output<typeof runSettingsSchema>>>;
type SettingName = keyof RunSettings;

export type ResolvedSettings =
  | { readonly settings: RunSettings; readonly problems: readonly [] }
  | { readonly settings: null; readonly problems: readonly SettingProblem[] };

/** How one setting is asked for in a form. */
export interface SettingInfo extends AllowedValues {
  readonly name: SettingName;
  readonly help: string;
}

/** Settings that mean something only where another one has this value. */
const onlyWith: Partial<Record<SettingName, readonly [SettingName, ...unknown[]]>> = {
  sigma: ['loss', 'augmented'],
  baseline: ['loss', 'augmented'],
  replay_size: ['loss', 'augmented'],
  replay_sample: ['loss', 'augmented'],
  replay_draw: ['loss', 'augmented'],
  replay_memory: ['loss', 'augmented'],
  updates: ['loss', 'augmented'],
  trust_region: ['loss', 'augmented'],
  online_stages: ['method', 'ric'],
  warm_start: ['method', 'iterative'],
  own_share: ['method', 'iterative', 'soups'],
  edit_share: ['loss', 'augmented'],
  kl: ['loss', 'ppo'],
  clip: ['loss', 'ppo'],
  epochs: ['loss', 'ppo'],
  merge: ['method', 'iterative', 'soups'],
  merge_keep: ['merge', 'ties', 'dare'],
  merge_scale: ['method', 'iterative', 'soups'],
  outer_step: ['method', 'iterative'],
  merge_weights: ['method', 'iterative', 'soups'],
  moments: ['method', 'iterative'],
  search_draws: ['merge_weights', 'searched'],
  search_samples: ['merge_weights', 'searched'],
  diversity_bucket: ['diversity', true],
};

/** The supervised learning of ric has no loss to choose, and reads nothing that belongs to one but `updates`. */
const LEARN_BY_REWARD = ['method', ...methods.filter((method) => method !== 'ric')] as const;

const names = Object.keys(runSettingsSchema.shape) as SettingName[];

/** Settings in the order of the declaration, for a form and for `--explain`. */
export function describeSettings(): SettingInfo[] {
  return names.map(describeSetting);
}

function describeSetting(name: SettingName): SettingInfo {
  const declared = z.toJSONSchema(runSettingsSchema.shape[name], { io: 'input' });
  const base = {
    name,
    help: declared.description ?? '',
    default: (declared.default ?? null) as SettingInfo['default'],
  };
  if (declared.enum) return { ...base, type: 'choice', choices: declared.enum as string[] };
  if (declared.type === 'boolean') return { ...base, type: 'boolean' };
  return {
    ...base,
    type: declared.type === 'integer' ? 'integer' : 'number',
    min: declared.minimum,
    max: declared.maximum,
  };
}

/**
 * Fills in defaults and checks settings by themselves and against each other.
 * @param input the [run] table of a design
 * @param objectives N, the number of the design's objectives
 */
export function resolveSettings(input: Readonly<Record<string, unknown>>, objectives: number): ResolvedSettings {
  const parsed = runSettingsSchema.safeParse(input);
  if (!parsed.success)
    return { settings: null, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, input)) };
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  const usual = usualSettings(parsed.data, objectives);
  const complete = { ...parsed.data, ...usual, ...Object.fromEntries(given) } as RunSettings;
  const settings = complete.budget === 0 ? complete : withinBudget(complete, input);
  const problems = [
    ...stepProblems(settings, objectives),
    ...budgetProblems(settings),
    ...idleProblems(settings, usual),
  ];
  return problems.length > 0 ? { settings: null, problems } : { settings, problems: [] };
}

type Contextual = {
  [Name in SettingName]: undefined extends z.output<typeof runSettingsSchema>[Name] ? Name : never;
}[SettingName];

/** Settings whose default depends on others, where they are left out. What ppo does is the paper's. */
function usualSettings(given: z.output<typeof runSettingsSchema>, N: number): Pick<RunSettings, Contextual> {
  const { method, loss } = given;
  const iterative = method === 'iterative' && loss === 'augmented';
  const replay_memory = iterative ? 'shared' : 'own';
  const warm_start = iterative && (given.replay_memory ?? replay_memory) === 'shared' ? WARM_START : 0;
  return {
    experts_a_round: N,
    learning_rate: usualRate({ method, loss, warm_start: given.warm_start ?? warm_start }),
    replay_memory,
    warm_start,
    updates: loss === 'ppo' || method === 'ric' ? 1 : 4,
    trust_region: loss === 'ppo' ? 0 : 10,
    own_share: iterative ? 0.4 : 1,
    outer_step: iterative ? 'fedexp' : 'mean',
  };
}

function usualRate({ method, loss, warm_start }: Pick<RunSettings, 'method' | 'loss' | 'warm_start'>): number {
  if (loss === 'ppo') return PPO_LEARNING_RATE;
  return method === 'morlhf' || warm_start > 0 ? LEARNING_RATE.ofTotal : LEARNING_RATE.ofExperts;
}

function problemsOf(issue: z.core.$ZodIssue, input: Readonly<Record<string, unknown>>): SettingProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownSetting);
  const name = String(issue.path[0]) as SettingName;
  const info = describeSetting(name);
  const bare = unquoted(info, input[name]);
  if (bare !== null)
    return [
      {
        setting: name,
        message: `${name} = ${JSON.stringify(input[name])} is text; write ${name} = ${bare} without quotes.`,
        suggestion: bare,
      },
    ];
  const near = nearestValue(info, input[name]);
  const meant = info.type === 'choice' ? ` Did you mean "${near}"?` : '';
  return [
    {
      setting: name,
      message: `${name} = ${JSON.stringify(input[name])} is not possible: it must be ${expected(info)}.${meant}`,
      suggestion: near,
    },
  ];
}

/** What looks like a setting and is none. */
const elsewhere: Readonly<Record<string, string>> = {
  seed: 'A design holds no seed: each run has its own (1 where none is given; --seed on the command line).',
};

function unknownSetting(name: string): SettingProblem {
  if (Object.hasOwn(elsewhere, name)) return { setting: name, message: elsewhere[name] };
  const near = nearest(name, names);
  return {
    setting: name,
    message: `There is no setting "${name}".${didYouMean(name, names)}`,
    ...(near !== undefined && { suggestion: near }),
  };
}

function stepProblems(settings: RunSettings, objectives: number): SettingProblem[] {
  const { steps: T, merge_every: m, experts_a_round: M } = settings;
  const problems: SettingProblem[] = [];
  if (m > T)
    problems.push({
      setting: 'merge_every',
      message: `merge_every = ${m} is more than steps = ${T}, so nothing would ever merge; it can be at most ${T}.`,
      suggestion: String(T),
    });
  else if (T % m !== 0)
    problems.push({
      setting: 'steps',
      message: `steps = ${T} is not a multiple of merge_every = ${m}; the nearest is ${nearestMultiple(T, m)}.`,
      suggestion: String(nearestMultiple(T, m)),
    });
  if (M > objectives)
    problems.push({
      setting: 'experts_a_round',
      message: `experts_a_round = ${M} is more than the ${objectives} objective${objectives === 1 ? '' : 's'} of the design; it can be at most ${objectives}.`,
      suggestion: String(objectives),
    });
  if (settings.warm_start > 0 && settings.method === 'iterative' && settings.replay_memory === 'own')
    problems.push({
      setting: 'warm_start',
      message: `warm_start = ${settings.warm_start} needs replay_memory = "shared": experts begin with what the one generator remembers.`,
      suggestion: '0',
    });
  if (settings.merge === 'fisher' && settings.method === 'soups')
    problems.push({
      setting: 'merge',
      message:
        'merge = "fisher" goes with method = "iterative": the experts of soups do not all train in each round, so some have no squared gradients.',
      suggestion: 'linear',
    });
  if (settings.loss === 'augmented' && settings.replay_size > 0 && settings.replay_sample > settings.replay_size)
    problems.push({
      setting: 'replay_sample',
      message: `replay_sample = ${settings.replay_sample} is more than replay_size = ${settings.replay_size}; it can be at most ${settings.replay_size}.`,
      suggestion: String(settings.replay_size),
    });
  return problems;
}

function nearestMultiple(value: number, of: number): number {
  return Math.max(of, Math.round(value / of) * of);
}

function ruleOf(name: SettingName, method: Method) {
  const rule = onlyWith[name];
  const ofLoss = name === 'loss' || (rule?.[0] === 'loss' && name !== 'updates');
  return method === 'ric' && ofLoss ? LEARN_BY_REWARD : rule;
}

/** Settings given a value although they do nothing here. Their default is accepted: it says nothing. */
function idleProblems(settings: RunSettings, usual: Pick<RunSettings, Contextual>): SettingProblem[] {
  const defaults: Partial<RunSettings> = usual;
  return names.flatMap((name) => {
    const rule = ruleOf(name, settings.method);
    const unset = defaults[name] ?? describeSetting(name).default;
    if (!rule || rule.slice(1).includes(settings[rule[0]]) || settings[name] === unset) return [];
    const [other, ...values] = rule;
    return [
      {
        setting: name,
        message: `${name} does nothing with ${other} = ${JSON.stringify(settings[other])}; it goes with ${values.map((v) => `${other} = ${JSON.stringify(v)}`).join(' or ')}.`,
      },
    ];
  });
}
