/**
 * @file The goal of an objective as written in a design file, for example goal = "range", range = [1, 3]. Omitted
 * numbers come from the objective. Contradictions are refused with the key that causes them.
 */
import { suggestion } from '../base/nearest.ts';
import type { Fitted } from './distribution.ts';
import type { Goal, GoalKind, Scope, StepSide, TablePoint } from './types.ts';

export const goalKinds = ['higher', 'lower', 'target', 'range', 'step', 'table'] as const satisfies readonly GoalKind[];

/** Keys of a design file's objective that describe its goal. */
export interface PartialGoal {
  readonly goal?: string;
  readonly from?: number;
  readonly to?: number;
  readonly target?: number;
  readonly range?: readonly number[];
  readonly tolerance?: number;
  readonly at_least?: number;
  readonly at_most?: number;
  /** [raw, score] pairs. */
  readonly points?: readonly (readonly number[])[];
}

type GoalKey = keyof PartialGoal;

/** What the defaults of a goal are taken from. */
export interface GoalDefaults {
  readonly id: string;
  readonly modality: Scope;
  readonly unit: string;
  readonly defaultGoal: Goal;
  readonly typical: readonly [number, number];
  readonly possible: readonly [number, number];
}

/** A goal that cannot be used as written. */
export class GoalError extends Error {
  /** The invalid key of the design file. */
  readonly key: GoalKey;
  constructor(key: GoalKey, message: string) {
    super(message);
    this.name = 'GoalError';
    this.key = key;
  }
}

/** Keys that each kind of goal uses. */
const KEYS: Readonly<Record<GoalKind, readonly GoalKey[]>> = {
  higher: ['from', 'to'],
  lower: ['from', 'to'],
  target: ['target', 'tolerance'],
  range: ['range', 'tolerance'],
  step: ['at_least', 'at_most', 'tolerance'],
  table: ['points'],
};

/** Keys that imply the kind if "goal" is omitted. */
const TELLING: readonly (readonly [GoalKey, GoalKind])[] = [
  ['range', 'range'],
  ['target', 'target'],
  ['at_least', 'step'],
  ['at_most', 'step'],
  ['points', 'table'],
];

/** Default tolerance as a share of the typical width, if neither file nor objective has one. */
const DEFAULT_TOLERANCE = 0.1;

/**
 * Fills in defaults and checks a goal. `from` and `to` bound the region in which the score rises or falls. For "lower"
 * they may be given in either order; a resolved goal has from < to.
 * @param fitted numbers fitted to prior samples; they come before the objective's defaults
 * @throws GoalError, which names the invalid key
 */
export function resolveGoal(objective: GoalDefaults, partial: PartialGoal, fitted: Partial<Fitted> = {}): Goal {
  const kind = resolveKind(objective, partial);
  refuseForeignKeys(kind, partial);
  refuseBadNumbers(partial);
  const goal = build(kind, objective, partial, fitted);
  refuseImpossible(objective, goal);
  return goal;
}

function resolveKind({ defaultGoal }: GoalDefaults, partial: PartialGoal): GoalKind {
  const { goal } = partial;
  if (goal === undefined) return TELLING.find(([key]) => partial[key] !== undefined)?.[1] ?? defaultGoal.kind;
  const kind = goalKinds.find((one) => one === goal);
  if (!kind) throw new GoalError('goal', `There is no goal "${goal}".${suggestion(goal, goalKinds)}`);
  return kind;
}

function givenKeys(partial: PartialGoal): GoalKey[] {
  return [...new Set(Object.values(KEYS).flat())].filter((key) => partial[key] !== undefined);
}

function refuseForeignKeys(kind: GoalKind, partial: PartialGoal): void {
  const foreign = givenKeys(partial).find((key) => !KEYS[kind].includes(key));
  if (foreign)
    throw new GoalError(
      foreign,
      `The goal "${kind}" does not use "${foreign}"; it uses ${KEYS[kind].map((key) => `"${key}"`).join(' and ')}`,
    );
}

function refuseBadNumbers(partial: PartialGoal): void {
  for (const key of givenKeys(partial)) {
    const value = partial[key];
    const bad = [value].flat(2).find((one) => typeof one !== 'number' || !Number.isFinite(one));
    if (bad !== undefined) throw new GoalError(key, `"${key}" must be a finite number, not ${String(bad)}`);
  }
  if (partial.range && partial.range.length !== 2)
    throw new GoalError('range', `"range" needs two numbers, [low, high], not ${partial.range.length}`);
  if (partial.tolerance !== undefined && partial.tolerance <= 0)
    throw new GoalError('tolerance', `"tolerance" must be above 0, not ${partial.tolerance}`);
}

function build(kind: GoalKind, objective: GoalDefaults, partial: PartialGoal, fitted: Partial<Fitted>): Goal {
  const tolerance = partial.tolerance ?? fitted.tolerance ?? usualTolerance(objective);
  switch (kind) {
    case 'higher':
    case 'lower':
      return buildRamp(kind, objective, partial, fitted[kind]);
    case 'target':
      return { kind, value: targetValue(objective, partial), tolerance };
    case 'range':
      return buildRange(objective, partial, tolerance);
    case 'step':
      return buildStep(objective, partial, tolerance);
    case 'table':
      return { kind, points: tablePoints(objective, partial) };
  }
}

type RampEnds = Fitted['higher'];

function buildRamp(
  kind: 'higher' | 'lower',
  objective: GoalDefaults,
  partial: PartialGoal,
  fitted: RampEnds | undefined,
): Goal {
  const descending =
    kind === 'lower' && partial.from !== undefined && partial.to !== undefined && partial.from > partial.to;
  const [low, high] = descending ? [partial.to, partial.from] : [partial.from, partial.to];
  const complete = (ends: RampEnds) => ({ kind, from: low ?? ends.from, to: high ?? ends.to });
  const fit = fitted && complete(fitted);
  if (fit && fit.from < fit.to) return fit;
  const { from, to } = complete(defaultEnds(objective));
  if (from < to) return { kind, from, to };
  const key = partial.from === undefined ? 'to' : 'from';
  const advice = kind === 'higher' && from > to ? ', or choose goal = "lower"' : '';
  throw new GoalError(
    key,
    `The goal "${kind}" of "${objective.id}" needs "from" below "to", not ${from} and ${to}${advice}`,
  );
}

function defaultEnds({ defaultGoal, typical: [from, to] }: GoalDefaults): RampEnds {
  return 'from' in defaultGoal ? defaultGoal : { from, to };
}

function targetValue({ id, defaultGoal }: GoalDefaults, { target }: PartialGoal): number {
  const value = target ?? (defaultGoal.kind === 'target' ? defaultGoal.value : undefined);
  if (value === undefined)
    throw new GoalError('target', `The goal "target" of "${id}" needs "target", the wanted value`);
  return value;
}

function buildRange(objective: GoalDefaults, partial: PartialGoal, tolerance: number): Goal {
  const { defaultGoal } = objective;
  const ends = partial.range ?? (defaultGoal.kind === 'range' ? [defaultGoal.low, defaultGoal.high] : undefined);
  if (!ends)
    throw new GoalError(
      'range',
      `The goal "range" of "${objective.id}" needs "range", e.g. range = [${objective.typical.join(', ')}]`,
    );
  const [low, high] = ends;
  if (low > high)
    throw new GoalError(
      'range',
      `The range of "${objective.id}" is in the wrong order: [${low}, ${high}]. Write [${high}, ${low}]`,
    );
  return { kind: 'range', low, high, tolerance };
}

function buildStep(objective: GoalDefaults, partial: PartialGoal, tolerance: number): Goal {
  const { at_least, at_most } = partial;
  if (at_least !== undefined && at_most !== undefined)
    throw new GoalError(
      'at_most',
      `The goal "step" of "${objective.id}" has one threshold, "at_least" or "at_most"; for both use range = [${at_least}, ${at_most}]`,
    );
  const threshold = at_least ?? at_most;
  if (threshold === undefined)
    throw new GoalError('at_least', `The goal "step" of "${objective.id}" needs a threshold, "at_least" or "at_most"`);
  const side: StepSide = at_least !== undefined ? 'at_least' : 'at_most';
  return { kind: 'step', side, threshold, tolerance };
}

function tablePoints({ id, typical: [low, high] }: GoalDefaults, { points }: PartialGoal): TablePoint[] {
  const refuse = (message: string) => new GoalError('points', message);
  if (points === undefined)
    throw refuse(
      `The goal "table" of "${id}" needs "points": pairs of raw value and score, e.g. points = [[${low}, 0], [${high}, 1]]`,
    );
  if (points.length < 2) throw refuse(`The table of "${id}" needs at least two points, not ${points.length}`);
  const pairs = points.map((point, i): TablePoint => {
    if (point.length !== 2)
      throw refuse(`Point ${i + 1} of the table of "${id}" needs two numbers, [raw value, score], not ${point.length}`);
    if (point[1] < 0 || point[1] > 1)
      throw refuse(`The score of point ${i + 1} of the table of "${id}" must lie between 0 and 1, not ${point[1]}`);
    return [point[0], point[1]];
  });
  const unsorted = pairs.findIndex(([raw], i) => i > 0 && raw <= pairs[i - 1][0]);
  if (unsorted > 0)
    throw refuse(
      `The raw values of the table of "${id}" must increase: point ${unsorted + 1} is at ${pairs[unsorted][0]}, after ${pairs[unsorted - 1][0]}`,
    );
  if (pairs.every(([, score]) => score === pairs[0][1]))
    throw refuse(`Every point of the table of "${id}" has the score ${pairs[0][1]}, so it prefers no value`);
  return pairs;
}

function usualTolerance({ defaultGoal, typical }: GoalDefaults): number {
  return 'tolerance' in defaultGoal ? defaultGoal.tolerance : DEFAULT_TOLERANCE * (typical[1] - typical[0]);
}

/** Omitted keys of the design file that got a fitted number. */
export function fittedKeys(goal: Goal, partial: PartialGoal, fitted: Partial<Fitted>): GoalKey[] {
  const lacking = (key: 'from' | 'to' | 'tolerance') => partial[key] === undefined;
  if (goal.kind === 'table') return [];
  if (goal.kind !== 'higher' && goal.kind !== 'lower')
    return lacking('tolerance') && fitted.tolerance !== undefined ? ['tolerance'] : [];
  const ends = fitted[goal.kind];
  return (['from', 'to'] as const).filter((key) => lacking(key) && ends?.[key] === goal[key]);
}

/** The wanted raw values and the key of the design file that sets them. */
function wanted(goal: Goal): { readonly key: GoalKey; readonly low: number; readonly high: number } {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return { key: 'from', low: goal.from, high: goal.to };
    case 'target':
      return { key: 'target', low: goal.value, high: goal.value };
    case 'range':
      return { key: 'range', low: goal.low, high: goal.high };
    case 'step':
      return goal.side === 'at_least'
        ? { key: 'at_least', low: goal.threshold, high: Infinity }
        : { key: 'at_most', low: -Infinity, high: goal.threshold };
    case 'table':
      return { key: 'points', low: goal.points[0][0], high: goal.points[goal.points.length - 1][0] };
  }
}

function refuseImpossible({ id, modality, unit, possible: [least, most] }: GoalDefaults, goal: Goal): void {
  const { key, low, high } = wanted(goal);
  if (high >= least && low <= most) return;
  const bounds = Number.isFinite(most) ? `lies between ${least} and ${most}` : `is never below ${least}`;
  throw new GoalError(
    key,
    `No ${modality === 'dna' ? 'sequence' : 'molecule'} can reach ${span(low, high)}${unit && ` ${unit}`}: "${id}" ${bounds}`,
  );
}

function span(low: number, high: number): string {
  if (high === Infinity) return `${low} or more`;
  if (low === -Infinity) return `${high} or less`;
  return low === high ? String(low) : `${low} to ${high}`;
}
