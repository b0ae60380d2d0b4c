/**
 * Conditions on a raw value that every expert's reward respects, of three kinds.
 *
 * hard, soft: a factor on the reward, 1 where the condition holds; where it does
 * not, 0 or, with a tolerance, less with the distance.
 *
 * learned: reward = score - multiplier x violation, with the violation 1 less that
 * factor (0 where the condition holds, at most 1) and one multiplier for all
 * experts of a round. After each merge, dual ascent on the Lagrangian moves it by
 * how far the mean violation of fresh samples is from what is allowed: it rises
 * while the limit is broken too often and falls once it is kept. Tessler et al.
 * 2019 (RCPO, arXiv 1805.11074, equations 6 to 8) with the penalised reward;
 * Ctrl-DNA (arXiv 2505.20578) has one multiplier a limit on DNA's activity.
 *
 * Rewards stay in [0, 1]: a penalty takes no more than the score, since a valid
 * sequence must not be worth less than an invalid one, whose reward is 0.
 */
import { suggestion } from '../base/nearest.ts';
import { distanceOutside } from './transforms.ts';

export const constraintKinds = ['hard', 'soft', 'learned'] as const;
export type ConstraintKind = (typeof constraintKinds)[number];

/** How a multiplier is learnt. */
export interface DualAscent {
  /** Multiplier before the first round. */
  readonly start: number;
  /** How far a mean violation of 1 above what is allowed moves it. */
  readonly rate: number;
  /**
   * Mean violation at which it rests, in [0, 1); without a tolerance the share of sequences that may break the limit.
   */
  readonly allowed: number;
}

const DUAL_ASCENT: DualAscent = { start: 0, rate: 0.5, allowed: 0.05 };

/**
 * Multipliers stop here. At 5 a violation of 0.2, half a tolerance outside, takes
 * the whole score; more changes little and would take long to come down again.
 */
export const LARGEST_MULTIPLIER = 5;

export interface Constraint {
  readonly min: number;
  readonly max: number;
  /** Distance from the bound at which the factor is one half; with 0 it is 0 as soon as the bound is passed. */
  readonly tolerance: number;
  /** Makes the factor's complement a violation with a learnt multiplier. */
  readonly learned?: DualAscent;
}

/** A constraint as a design file has it. */
export interface PartialConstraint {
  /** Left out: soft with a tolerance, hard without. */
  readonly enforce?: string;
  readonly min?: number;
  readonly max?: number;
  readonly tolerance?: number;
  readonly start?: number;
  readonly rate?: number;
  readonly allowed?: number;
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
  for (const key of ['min', 'max', 'tolerance', 'start', 'rate', 'allowed'] as const) {
    const value: unknown = partial[key];
    if (value !== undefined && !Number.isFinite(value))
      throw new ConstraintError(key, `"${key}" must be a finite number, not ${String(value)}`);
  }
  const { min = -Infinity, max = Infinity, tolerance = 0 } = partial;
  if (min === -Infinity && max === Infinity)
    throw new ConstraintError('max', `The constraint on "${id}" needs "min" or "max"`);
  if (min > max)
    throw new ConstraintError(
      'min',
      `The constraint on "${id}" wants at least ${min} and at most ${max}, which nothing meets`,
    );
  if (max < least)
    throw new ConstraintError('max', `The constraint on "${id}" wants at most ${max}, but it is never below ${least}`);
  if (min > most)
    throw new ConstraintError('min', `The constraint on "${id}" wants at least ${min}, but it is never above ${most}`);
  if (tolerance < 0) throw new ConstraintError('tolerance', `"tolerance" must be 0 or above, not ${tolerance}`);
  const kind = kindOf(partial);
  refuseIdleKeys(kind, partial);
  return { min, max, tolerance, ...(kind === 'learned' && { learned: resolveAscent(partial) }) };
}

function kindOf({ enforce, tolerance = 0 }: PartialConstraint): ConstraintKind {
  if (enforce === undefined) return tolerance > 0 ? 'soft' : 'hard';
  const known = constraintKinds.find((one) => one === enforce);
  if (!known)
    throw new ConstraintError(
      'enforce',
      `A constraint cannot be "${String(enforce)}".${suggestion(String(enforce), constraintKinds)}`,
    );
  return known;
}

function refuseIdleKeys(kind: ConstraintKind, partial: PartialConstraint): void {
  const { tolerance = 0 } = partial;
  if (kind === 'hard' && tolerance > 0)
    throw new ConstraintError(
      'tolerance',
      'A hard constraint has no "tolerance"; choose enforce = "soft" or "learned"',
    );
  if (kind === 'soft' && tolerance === 0)
    throw new ConstraintError(
      'tolerance',
      'A soft constraint needs a "tolerance" above 0: the distance at which half of the reward is left',
    );
  const idle =
    kind === 'learned' ? undefined : (['start', 'rate', 'allowed'] as const).find((key) => partial[key] !== undefined);
  if (idle) throw new ConstraintError(idle, `"${idle}" goes with enforce = "learned"; this constraint is ${kind}`);
}

function resolveAscent(partial: PartialConstraint): DualAscent {
  const { start = DUAL_ASCENT.start, rate = DUAL_ASCENT.rate, allowed = DUAL_ASCENT.allowed } = partial;
  if (start < 0 || start > LARGEST_MULTIPLIER)
    throw new ConstraintError('start', `"start" must lie between 0 and ${LARGEST_MULTIPLIER}, not ${start}`);
  if (rate <= 0) throw new ConstraintError('rate', `"rate" must be above 0, not ${rate}`);
  if (allowed < 0 || allowed >= 1)
    throw new ConstraintError(
      'allowed',
      `"allowed" must be 0 or above and below 1, not ${allowed}: it is a mean violation, and 1 allows everything`,
    );
  return { start, rate, allowed };
}

/** @returns factor in [0, 1] on the reward; null (missing) where the raw value is missing */
export function constraintFactor({ min, max, tolerance }: Constraint, raw: number | null): number | null {
  if (raw === null) return null;
  if (raw >= min && raw <= max) return 1;
  return tolerance === 0 ? 0 : 1 / (1 + distanceOutside(raw, min, max, tolerance) ** 2);
}

/**
 * What constraints leave of a score.
 * @param score in [0, 1]
 * @param raw the constraints' values, null where missing
 * @param multipliers one a constraint; those of constraints that are not learned are not read
 * @returns reward in [0, score]; null where a constraint's value is missing
 */
export function constrainedReward(
  score: number,
  constraints: readonly Constraint[],
  raw: readonly (number | null)[],
  multipliers: readonly number[],
): number | null {
  let [product, penalty] = [1, 0];
  for (let i = 0; i < constraints.length; i++) {
    const factor = constraintFactor(constraints[i], raw[i]);
    if (factor === null) return null;
    if (constraints[i].learned) penalty += multipliers[i] * (1 - factor);
    else product *= factor;
  }
  return Math.max(0, score - penalty) * product;
}

/** Multipliers before the first round; 0 for a constraint that has none. */
export function firstMultipliers(constraints: readonly Constraint[]): number[] {
  return constraints.map(({ learned }) => learned?.start ?? 0);
}

/**
 * One step of dual ascent.
 * @param violation mean over fresh valid samples; null where none has a value, which teaches nothing
 */
export function nextMultiplier({ learned }: Constraint, multiplier: number, violation: number | null): number {
  if (!learned || violation === null) return multiplier;
  return Math.min(LARGEST_MULTIPLIER, Math.max(0, multiplier + learned.rate * (violation - learned.allowed)));
}
