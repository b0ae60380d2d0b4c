/**
 * @file Describes goals in words and as entries of a design file, and calculates shares and contributions of weights.
 */
import type { GoalInfo, ObjectiveInfo, Preview, ResolvedObjective } from '../../contract/api.ts';
import type { ObjectiveEntry } from '../../contract/design-shape.ts';
import { count, percent, raw } from './format.ts';

export type GoalKind = GoalInfo['kind'];

export const goalWords: Record<GoalKind, string> = {
  higher: 'Higher is better',
  lower: 'Lower is better',
  target: 'Close to a value',
  range: 'Inside a range',
  step: 'Above or below a threshold',
  table: 'Custom curve',
};

const sideWords = { at_least: 'at least', at_most: 'at most' } as const;

/** "Drug-likeness (QED)" -> "Drug-likeness", for narrow places. */
export function shortName(label: string): string {
  return label.replace(/\s*\([^()]*\)$/, '');
}

/** The small print of a goal: the measure in brackets in its label, then the host's description. */
export function finePrint({ label, detail }: { readonly label: string; readonly detail: string }): string {
  const measure = /\(([^()]*)\)$/.exec(label)?.[1];
  return measure === undefined ? detail : `${measure} · ${detail}`;
}

/** SMARTS that a goal wants to find, highlighted in pictures; undefined if no goal has one. */
export function wantedSubstructure(goals: readonly ResolvedObjective[]): string | undefined {
  const smarts = goals.find(({ goal, parameters }) => goal.kind === 'higher' && 'smarts' in parameters)?.parameters
    .smarts;
  return typeof smarts === 'string' ? smarts : undefined;
}

/** A goal's colour, the same everywhere. The palette has eight colours. */
export function goalColor(index: number): string {
  return `var(--goal-${index % 8})`;
}

/** "higher is better", "near 350 ± 25 g/mol", "1 to 3". */
export function describeGoal(goal: GoalInfo, unit: string): string {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return `${goal.kind} is better`;
    case 'target':
      return `near ${raw(goal.value, unit)}`;
    case 'range':
      return `${raw(goal.low)} to ${raw(goal.high, unit)}`;
    case 'step':
      return `${sideWords[goal.side]} ${raw(goal.threshold, unit)}`;
    case 'table':
      return `table of ${goal.points.length} points`;
  }
}

/** The goal's values as a user reads them in full. */
export function explainGoal(goal: GoalInfo, unit: string): string {
  switch (goal.kind) {
    case 'higher':
      return `good from ${raw(goal.to, unit)}, poor below ${raw(goal.from, unit)}`;
    case 'lower':
      return `good up to ${raw(goal.from, unit)}, poor above ${raw(goal.to, unit)}`;
    case 'target':
      return `best at ${raw(goal.value, unit)}, half the score at ±${raw(goal.tolerance, unit)}`;
    case 'range':
      return `best from ${raw(goal.low)} to ${raw(goal.high, unit)}, half the score ${raw(goal.tolerance, unit)} beyond`;
    case 'step':
      return `full score with ${sideWords[goal.side]} ${raw(goal.threshold, unit)}, at most 0.2 short of it`;
    case 'table':
      return goal.points.map(([value, score]) => `${raw(value, unit)} scores ${raw(score)}`).join(', ');
  }
}

/** Labels of the numbers of a goal in the form. A table has rows instead. */
export const valueWords: Record<GoalKind, Readonly<Record<string, string>>> = {
  higher: { from: 'Poor below', to: 'Good from' },
  lower: { from: 'Good up to', to: 'Poor above' },
  target: { value: 'Best value', tolerance: 'Half score at ±' },
  range: { low: 'From', high: 'To', tolerance: 'Half score at ±' },
  step: { threshold: 'Threshold', tolerance: 'Score halves at ±' },
  table: {},
};

/** Every number of a goal, those of a table's points too. */
export function numbersOf(goal: GoalInfo): number[] {
  return Object.values(goal)
    .flat(2)
    .filter((value) => typeof value === 'number');
}

/** A goal of another kind, with values that make sense for this objective. */
export function goalOfKind(kind: GoalKind, objective: ObjectiveInfo): GoalInfo {
  const { defaultGoal, typical } = objective;
  if (defaultGoal.kind === kind) return { ...defaultGoal };
  const span = typical[1] - typical[0];
  const at = (fraction: number): number => rounded(typical[0] + span * fraction, span);
  const tolerance = 'tolerance' in defaultGoal ? defaultGoal.tolerance : rounded(span / 10, span);
  switch (kind) {
    case 'higher':
    case 'lower':
      return 'from' in defaultGoal
        ? { kind, from: defaultGoal.from, to: defaultGoal.to }
        : { kind, from: at(0), to: at(1) };
    case 'target':
      return { kind, value: at(0.5), tolerance };
    case 'range':
      return { kind, low: at(0.35), high: at(0.65), tolerance };
    case 'step':
      return { kind, side: defaultGoal.kind === 'lower' ? 'at_most' : 'at_least', threshold: at(0.5), tolerance };
    case 'table':
      return {
        kind,
        points:
          defaultGoal.kind === 'lower'
            ? [
                [at(0), 1],
                [at(1), 0],
              ]
            : [
                [at(0), 0],
                [at(1), 1],
              ],
      };
  }
}

/** The goal with the numbers fitted to prior samples, as far as there are any. */
export function fittedGoal(goal: GoalInfo, { higher, lower, tolerance }: Preview['fitted']): GoalInfo {
  switch (goal.kind) {
    case 'higher':
      return { ...goal, ...higher };
    case 'lower':
      return { ...goal, ...lower };
    case 'target':
    case 'range':
    case 'step':
      return { ...goal, tolerance: tolerance ?? goal.tolerance };
    case 'table':
      return goal;
  }
}

/** Describes the bars under a goal's curve. */
export function previewWords(preview: Preview | undefined, loading: boolean, unit: string, prior: string): string {
  if (preview === undefined) return loading ? `Scoring samples of ${prior}…` : '';
  if (preview.quantiles === null) return `No sample of ${prior} has a value.`;
  const { q25, q75 } = preview.quantiles;
  const spread = q25 === q75 ? `half are at ${raw(q25, unit)}` : `half lie from ${raw(q25)} to ${raw(q75, unit)}`;
  return `Bars: samples of ${prior} before training; ${spread}${preview.missing === 0 ? '' : `, ${count(preview.missing)} of ${count(preview.count + preview.missing)} have no value`}.`;
}

/** A new row of a table, continuing the distance of the last two points, with the last score. */
export function nextPoint(points: Extract<GoalInfo, { kind: 'table' }>['points']): readonly [number, number] {
  const [[before], [last, score]] = points.slice(-2);
  return [Number((2 * last - before).toPrecision(6)), score];
}

/** Rounds to about two digits relative to the span, so that forms do not start with 0.3333333. */
function rounded(value: number, span: number): number {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(span || 1)) - 1);
  return Number(value.toFixed(digits));
}

/** The goal that an entry of a design file asks for, completed from the objective's defaults. */
export function goalOfEntry(entry: ObjectiveEntry, objective: ObjectiveInfo): GoalInfo {
  const goal = goalOfKind(kindOfEntry(entry, objective), objective);
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return { ...goal, from: entry.from ?? goal.from, to: entry.to ?? goal.to };
    case 'target':
      return { ...goal, value: entry.target ?? goal.value, tolerance: entry.tolerance ?? goal.tolerance };
    case 'range':
      return {
        ...goal,
        low: entry.range?.[0] ?? goal.low,
        high: entry.range?.[1] ?? goal.high,
        tolerance: entry.tolerance ?? goal.tolerance,
      };
    case 'step':
      return { ...goal, ...thresholdOf(entry), tolerance: entry.tolerance ?? goal.tolerance };
    case 'table':
      return {
        ...goal,
        points: entry.points?.map(([value = NaN, score = NaN]) => [value, score] as const) ?? goal.points,
      };
  }
}

function thresholdOf({ at_least, at_most }: ObjectiveEntry): Partial<Extract<GoalInfo, { kind: 'step' }>> {
  if (at_least !== undefined) return { side: 'at_least', threshold: at_least };
  return at_most === undefined ? {} : { side: 'at_most', threshold: at_most };
}

/** The kind of an entry, which may follow from a key of its own. */
function kindOfEntry(entry: ObjectiveEntry, { defaultGoal }: ObjectiveInfo): GoalKind {
  const named = (Object.keys(goalWords) as GoalKind[]).find((known) => known === entry.goal);
  if (named !== undefined) return named;
  if (entry.range !== undefined) return 'range';
  if (entry.target !== undefined) return 'target';
  if (entry.at_least !== undefined || entry.at_most !== undefined) return 'step';
  return entry.points === undefined ? defaultGoal.kind : 'table';
}

/** The keys of this goal in a design file. */
export function entryOfGoal(
  goal: GoalInfo,
): Pick<ObjectiveEntry, 'goal' | 'from' | 'to' | 'target' | 'tolerance' | 'range' | 'at_least' | 'at_most' | 'points'> {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return { goal: goal.kind, from: goal.from, to: goal.to };
    case 'target':
      return { goal: goal.kind, target: goal.value, tolerance: goal.tolerance };
    case 'range':
      return { goal: goal.kind, range: [goal.low, goal.high], tolerance: goal.tolerance };
    case 'step':
      return { goal: goal.kind, [goal.side]: goal.threshold, tolerance: goal.tolerance };
    case 'table':
      return { goal: goal.kind, points: goal.points.map((point) => [...point]) };
  }
}

/** @param weights of a run's goals, none negative. @returns shares that sum to 1; all 0 where every weight is 0 */
export function shares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum));
}

/**
 * "67% Similarity to a reference, 33% Drug-likeness": the goals that count, the weightiest first.
 * @param weights sum to 1
 */
export function weightWords(weights: readonly number[], goals: readonly ResolvedObjective[]): string {
  const counting = weights
    .map((weight, i) => ({ weight, name: shortName(goals[i].label) }))
    .filter(({ weight }) => weight >= 0.005);
  return counting
    .sort((a, b) => b.weight - a.weight)
    .map(({ weight, name }) => `${percent(weight)} ${name}`)
    .join(', ');
}

/**
 * The contribution of each goal to a candidate's total. They sum to the total, even if it is not a weighted sum
 * (geometric mean).
 */
export function contributions(
  scores: readonly (number | null)[],
  weights: readonly number[],
  total: number | null,
): number[] {
  const parts = scores.map((value, i) => (value ?? 0) * (weights[i] ?? 0));
  return shares(parts).map((part) => part * (total ?? 0));
}

/**
 * Describes a candidate outside the applicability domain of some goals' predictors.
 * @param goals their names
 */
export function unlikeWords(goals: readonly string[]): string {
  const [what, are] = goals.length === 1 ? ['domain', 'value is a guess'] : ['domains', 'values are guesses'];
  return `Outside the applicability ${what} of ${goals.join(' and ')}: the ${are}.`;
}
