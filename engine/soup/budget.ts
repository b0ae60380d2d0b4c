/** @file Settings that follow from a budget of scored sequences, and what a run with given settings scores. */
import type { LearnSettings } from '../learn/types.ts';

/** The settings that decide how many sequences a run scores; settings.ts declares them. */
interface BudgetSettings extends Pick<LearnSettings, 'batch' | 'budget' | 'loss' | 'updates'> {
  readonly method: string;
  readonly steps: number;
  readonly merge_every: number;
  readonly experts_a_round: number;
  readonly merge_weights: 'given' | 'searched';
  readonly search_draws: number;
  readonly search_samples: number;
  readonly measure_samples: number;
  readonly final_samples: number;
}

/** One thing wrong with the settings: which, what, and the nearest valid choice. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** Most rounds that a budget is spread over, unless merge_every is given. */
const BUDGET_ROUNDS = 12;
/** Share of the most steps possible that a plan with more merges must leave. */
const LEAST_OF_LONGEST = 0.8;

/**
 * Settings that follow from a budget, unless they are given. A twentieth of it measures the prior and the end, about as
 * much the merges on the way. The fewer sequences, the more often each is learnt.
 */
export function withinBudget<Settings extends BudgetSettings>(
  settings: Settings,
  given: Readonly<Record<string, unknown>>,
): Settings {
  const { budget } = settings;
  const follow = <Name extends keyof BudgetSettings>(name: Name, value: BudgetSettings[Name]) =>
    given[name] === undefined ? value : settings[name];
  const measured = {
    ...settings,
    updates: follow(
      'updates',
      settings.loss === 'augmented' && settings.method !== 'ric' && budget <= 2000 ? 8 : settings.updates,
    ),
    final_samples: follow('final_samples', between(8, Math.round(budget / 40), 256)),
    measure_samples: follow('measure_samples', between(8, Math.round(budget / 200), 64)),
  };
  if (given.steps !== undefined) return measured;
  if (given.merge_every !== undefined) return longestWithin(measured, null);
  const plans = Array.from({ length: BUDGET_ROUNDS }, (_, i) => longestWithin(measured, BUDGET_ROUNDS - i));
  const fitting = plans.filter((plan) => mostScored(plan) <= budget);
  const longest = Math.max(...fitting.map(({ steps }) => steps));
  // The first has the most merges. Measuring them costs steps.
  return fitting.find(({ steps }) => steps >= LEAST_OF_LONGEST * longest) ?? plans[plans.length - 1];
}

/**
 * As many steps as the budget allows, at least one per round even where that is too much.
 * @param rounds how many; null for as many as merge_every gives
 */
function longestWithin<Settings extends BudgetSettings>(settings: Settings, rounds: number | null): Settings {
  const plan = (k: number): Settings =>
    rounds === null
      ? { ...settings, steps: k * settings.merge_every }
      : { ...settings, steps: k * rounds, merge_every: k };
  const [first, second] = [mostScored(plan(1)), mostScored(plan(2))];
  return plan(Math.max(1, 1 + Math.floor((settings.budget - first) / (second - first))));
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Sequences that a run scores: those learnt from, and those that only measure or search. */
export interface PlannedSequences {
  readonly trained: number;
  readonly measured: number;
  readonly searched: number;
}

/** @param M experts that train in each round */
export function sequencesWith(settings: BudgetSettings, M: number): PlannedSequences {
  const { method, steps: T, merge_every: m, batch, merge_weights, search_draws, search_samples } = settings;
  const rounds = T / m;
  const searches = merge_weights === 'searched' ? (method === 'iterative' ? rounds : 1) : 0;
  return {
    trained: T * M * batch,
    measured: 2 * settings.final_samples + (rounds - 1) * settings.measure_samples,
    searched: searches * search_draws * search_samples,
  };
}

/** Sequences that a run scores if all objectives train. */
export function mostScored(settings: BudgetSettings): number {
  const { trained, measured, searched } = sequencesWith(settings, settings.experts_a_round);
  return trained + measured + searched;
}

export function budgetProblems(settings: BudgetSettings): SettingProblem[] {
  const most = mostScored(settings);
  if (settings.budget === 0 || (settings.steps > 0 && most <= settings.budget)) return [];
  return [
    {
      setting: 'budget',
      message: `budget = ${settings.budget} is too small: with these settings a run scores up to ${most} sequences. Raise it, or leave out steps, merge_every, measure_samples and final_samples, which then follow from it.`,
      suggestion: String(most),
    },
  ];
}
