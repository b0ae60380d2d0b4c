/**
 * @file Constraints: conditions on a raw value that apply to the reward of every expert. There are three kinds.
 *
 * hard, soft: a factor on the reward. It is 1 where the condition holds. Elsewhere it is 0, or with a tolerance it
 * falls with the distance.
 *
 * learned: reward = score - multiplier x violation. The violation is 1 minus that factor, so 0 where the condition
 * holds and at most 1. All experts of a round share one multiplier per constraint. After each merge, dual ascent on the
 * Lagrangian changes it by the difference between the mean violation of fresh samples and the allowed violation: it
 * rises while the limit is broken too often and falls once it is kept. Tessler et al. 2019 (RCPO, arXiv 1805.11074,
 * equations 6 to 8) with the penalised reward; Ctrl-DNA (arXiv 2505.20578) has one multiplier per limit on the activity
 * of DNA.
 *
 * Rewards stay in [0, 1]. A penalty takes at most the whole score, because a valid sequence must not be worth less than
 * an invalid one, whose reward is 0.
 */
import { suggestion } from '../base/nearest.ts';
import { distanceOutside } from './transforms.ts';

export const constraintKinds = ['hard', 'soft', 'learned'] as const;
export type ConstraintKind = (typeof constraintKinds)[number];

/** Settings of a learned multiplier. */
interface DualAscent {
  /** Multiplier before the first round. */
  readonly start: number;
  /** Change of the multiplier per round if the mean violation exceeds the allowed one by 1. */
  readonly rate: number;
  /**
   * Mean violation at which the multiplier stays constant, in [0, 1). Without a tolerance, this is the share of
   * sequences that may break the limit.
   */
  readonly allowed: number;
}

const DUAL_ASCENT: DualAscent = { start: 0, rate: 0.5, allowed: 0.05 };

/**
 * Largest multiplier. At 5, a violation of 0.2 (half a tolerance beyond the bound) takes the whole score. A larger
 * multiplier would change little and take long to fall again.
 */
export const LARGEST_MULTIPLIER = 5;

export interface Constraint {
  readonly min: number;
  readonly max: number;
  /**
   * Distance from the bound at which the factor is one half. With 0, the factor is 0 as soon as the bound is passed.
   */
  readonly tolerance: number;
  /** Turns the complement of the factor into a violation with a learned multiplier. */
  readonly learned?: DualAscent;
}

/** A constraint as written in a design file. */
export interface PartialConstraint {
  /** If omitted, the constraint is soft with a tolerance and hard without. */
  readonly enforce?: string;
  readonly min?: number;
  readonly max?: number;
  readonly tolerance?: number;
  readonly start?: number;
  readonly rate?: number;
  readonly allowed?: number;
}

/** A constraint that cannot be used as written. */
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

/** Fills in defaults and checks a constraint. @throws ConstraintError, which names the invalid key */
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
      `The constraint on "${id}" wants at least ${min} and at most ${max}, which no value can meet`,
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
      'A soft constraint needs a "tolerance" above 0: the distance at which the reward is halved',
    );
  const idle =
    kind === 'learned' ? undefined : (['start', 'rate', 'allowed'] as const).find((key) => partial[key] !== undefined);
  if (idle) throw new ConstraintError(idle, `"${idle}" is only for enforce = "learned"; this constraint is ${kind}`);
}

function resolveAscent(partial: PartialConstraint): DualAscent {
  const { start = DUAL_ASCENT.start, rate = DUAL_ASCENT.rate, allowed = DUAL_ASCENT.allowed } = partial;
  if (start < 0 || start > LARGEST_MULTIPLIER)
    throw new ConstraintError('start', `"start" must lie between 0 and ${LARGEST_MULTIPLIER}, not ${start}`);
  if (rate <= 0) throw new ConstraintError('rate', `"rate" must be above 0, not ${rate}`);
  if (allowed < 0 || allowed >= 1)
    throw new ConstraintError(
      'allowed',
      `"allowed" must be at least 0 and below 1, not ${allowed}: it is a mean violation, and 1 would allow everything`,
    );
  return { start, rate, allowed };
}

/** Factor of a hard or soft constraint on the reward. @returns 0 to 1; null (missing) if the raw value is missing */
export function constraintFactor({ min, max, tolerance }: Constraint, raw: number | null): number | null {
  if (raw === null) return null;
  if (raw >= min && raw <= max) return 1;
  return tolerance === 0 ? 0 : 1 / (1 + distanceOutside(raw, min, max, tolerance) ** 2);
}

/**
 * Applies all constraints to a score.
 * @param score in [0, 1]
 * @param raw raw values of the constraints; null if missing
 * @param multipliers one per constraint; those of constraints that are not learned are ignored
 * @returns the reward, in [0, score]; null if the value of a constraint is missing
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

/** Whether a hard limit is broken, so that the reward is 0 whatever the scores are. Missing values break nothing. */
export function breaksHardLimit(constraints: readonly Constraint[], raw: readonly (number | null)[]): boolean {
  return constraints.some((one, i) => !one.learned && constraintFactor(one, raw[i]) === 0);
}

/** Multipliers before the first round; 0 for constraints that are not learned. */
export function firstMultipliers(constraints: readonly Constraint[]): number[] {
  return constraints.map(({ learned }) => learned?.start ?? 0);
}

/**
 * One step of dual ascent.
 * @param violation mean over fresh valid samples; null if none of them has a value, and then the multiplier stays
 */
export function nextMultiplier({ learned }: Constraint, multiplier: number, violation: number | null): number {
  if (!learned || violation === null) return multiplier;
  return Math.min(LARGEST_MULTIPLIER, Math.max(0, multiplier + learned.rate * (violation - learned.allowed)));
}
