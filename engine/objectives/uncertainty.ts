/**
 * @file How the errors of predicted values carry over to the total of a candidate.
 *
 *   error^2 = sum over goals of ((T(x + e) - T)^2 + (T(x - e) - T)^2) / 2
 *
 * T is the total, and T(x + e) the total with the raw value x of one goal moved by its standard error e, all other
 * values fixed. Where T is a straight line over x - e to x + e, this is propagation to first order, (dT/dx e)^2. At the
 * top of a target the derivative is 0, but a wrong prediction still lowers the total; the two steps see that. The
 * errors of different goals count as independent, and errors of limits are left out.
 */
import { type Aggregate, aggregate } from './aggregate.ts';
import { type Transform, transformScores } from './transforms.ts';

/** Half the width of an interval that contains nine of ten values of a normal distribution, in standard errors. */
const WIDTH_90 = 1.645;

export interface TotalInterval {
  /** Between them, within [0, 1], the total lies in nine of ten cases. */
  readonly low: number;
  readonly high: number;
}

/** How totals are made: one transform and one weight (of normaliseWeights) per goal. */
export interface TotalRule {
  readonly kind: Aggregate;
  readonly transforms: readonly Transform[];
  readonly weights: readonly number[];
}

/**
 * The interval of nine of ten around a total, from the errors of its predictors.
 * @param raw raw values, one per goal in the goal's unit; null if missing
 * @param errors standard errors of the raw values; null for exact values
 * @returns null if the total is missing, or if no goal that counts has an error
 */
export function totalInterval(
  rule: TotalRule,
  raw: readonly (number | null)[],
  errors: readonly (number | null)[],
): TotalInterval | null {
  const total = totalOf(rule, raw);
  const known = rule.weights.some((weight, i) => weight > 0 && errors[i] !== null);
  if (total === null || !known) return null;
  const error = Math.sqrt(
    errors.reduce<number>((sum, e, i) => sum + (e === null ? 0 : meanSquareChange(rule, raw, i, e, total)), 0),
  );
  return { low: Math.max(0, total - WIDTH_90 * error), high: Math.min(1, total + WIDTH_90 * error) };
}

function totalOf({ kind, transforms, weights }: TotalRule, raw: readonly (number | null)[]): number | null {
  return aggregate(kind, transformScores(transforms, raw), weights);
}

function meanSquareChange(
  rule: TotalRule,
  raw: readonly (number | null)[],
  goal: number,
  error: number,
  total: number,
): number {
  const change = (by: number): number => {
    const moved = totalOf(
      rule,
      raw.map((value, i) => (i === goal && value !== null ? value + by : value)),
    );
    return moved === null ? 0 : moved - total;
  };
  return (change(error) ** 2 + change(-error) ** 2) / 2;
}
