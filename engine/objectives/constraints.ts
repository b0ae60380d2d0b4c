/**
 * Conditions on a raw value that every expert's reward respects. A constraint
 * turns the raw value into a factor on the reward: 1 where it holds; where it
 * does not, 0 (a hard filter) or, with a tolerance, a soft penalty that falls
 * with the distance.
 */
import { distanceOutside } from './transforms.ts';

export interface Constraint {
  readonly min: number;
  readonly max: number;
  /** Distance from the bound at which the factor is one half; 0 makes a hard filter. */
  readonly tolerance: number;
}

export interface PartialConstraint {
  readonly min?: number;
  readonly max?: number;
  readonly tolerance?: number;
}

/** A constraint that cannot be kept as written. */
export class ConstraintError extends Error {
  readonly key: keyof PartialConstraint;
  constructor(key: keyof PartialConstraint, message: string) {
    super(message);
    this.name = 'ConstraintError';
    this.key = key;
  }
}

/** What a constraint is checked against. */
export interface Bounded {
  readonly id: string;
  readonly possible: readonly [number, number];
}

/** @throws ConstraintError naming the key at fault */
export function resolveConstraint({ id, possible: [least, most] }: Bounded, partial: PartialConstraint): Constraint {
  for (const key of ['min', 'max', 'tolerance'] as const) {
    const value = partial[key];
    if (value !== undefined && !Number.isFinite(value)) throw new ConstraintError(key, `"${key}" must be a finite number, not ${value}`);
  }
  const { min = -Infinity, max = Infinity, tolerance = 0 } = partial;
  if (min === -Infinity && max === Infinity) throw new ConstraintError('max', `The constraint on "${id}" needs "min" or "max"`);
  if (min > max) throw new ConstraintError('min', `The constraint on "${id}" wants at least ${min} and at most ${max}, which nothing meets`);
  if (max < least) throw new ConstraintError('max', `The constraint on "${id}" wants at most ${max}, but it is never below ${least}`);
  if (min > most) throw new ConstraintError('min', `The constraint on "${id}" wants at least ${min}, but it is never above ${most}`);
  if (tolerance < 0) throw new ConstraintError('tolerance', `"tolerance" must be 0 or above, not ${tolerance}`);
  return { min, max, tolerance };
}

/** @returns factor in [0, 1] on the reward; null (missing) where the raw value is missing */
export function constraintFactor({ min, max, tolerance }: Constraint, raw: number | null): number | null {
  if (raw === null) return null;
  if (raw >= min && raw <= max) return 1;
  return tolerance === 0 ? 0 : 1 / (1 + distanceOutside(raw, min, max, tolerance) ** 2);
}

/** Product of all factors; null where one is missing. 1 without constraints. */
export function constraintsFactor(constraints: readonly Constraint[], raw: readonly (number | null)[]): number | null {
  let product = 1;
  for (let i = 0; i < constraints.length; i++) {
    const factor = constraintFactor(constraints[i], raw[i]);
    if (factor === null) return null;
    product *= factor;
  }
  return product;
}
