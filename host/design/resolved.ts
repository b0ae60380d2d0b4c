/** A complete design, which is stored with a run and from which the compute process works. */
import { z } from 'zod';
import { type GoalInfo, resolvedObjective } from '../../contract/api.ts';
import { parameterValue } from '../../contract/design-shape.ts';
import type { Generate } from '../../engine/generator/generate.ts';
import type { Constraint, ConstraintKind } from '../../engine/objectives/constraints.ts';
import type { ScoringRequest } from '../../engine/objectives/types.ts';
import type { RunSettings } from '../../engine/soup/settings.ts';

export const resolvedConstraint = z.object({
  id: z.string(),
  label: z.string(),
  /** Absent in runs of earlier versions. */
  unit: z.string().default(''),
  min: z.number().optional(),
  max: z.number().optional(),
  tolerance: z.number(),
  learned: z.object({ start: z.number(), rate: z.number(), allowed: z.number() }).optional(),
  parameters: z.record(z.string(), parameterValue),
});

export const resolvedObjectives = z.array(resolvedObjective);
export const resolvedConstraints = z.array(resolvedConstraint);
export type ResolvedObjective = z.infer<typeof resolvedObjective>;
export type ResolvedConstraint = z.infer<typeof resolvedConstraint>;

export interface ResolvedDesign {
  readonly name: string;
  readonly modality: 'molecule' | 'dna';
  /** Name or file of the generator to start from. */
  readonly prior: string;
  /** null if there are no conditions on the sequences. */
  readonly generate: Generate | null;
  readonly settings: RunSettings;
  readonly objectives: readonly ResolvedObjective[];
  readonly constraints: readonly ResolvedConstraint[];
}

/** The part of a design that the scoring workers need. */
export function scoringRequest({
  modality,
  objectives,
  constraints,
}: Pick<ResolvedDesign, 'modality' | 'objectives' | 'constraints'>): ScoringRequest {
  const request = ({ id, parameters }: ResolvedObjective | ResolvedConstraint) => ({ id, parameters });
  return { modality, objectives: objectives.map(request), constraints: constraints.map(request) };
}

/** A limit in the words of a design file. */
export function constraintKind({
  tolerance,
  learned,
}: Pick<ResolvedConstraint, 'tolerance' | 'learned'>): ConstraintKind {
  if (learned) return 'learned';
  return tolerance > 0 ? 'soft' : 'hard';
}

/** Bounds as the engine has them. An open end is infinite, which JSON cannot express. */
export function engineConstraint({
  min = -Infinity,
  max = Infinity,
  tolerance,
  learned,
}: ResolvedConstraint): Constraint {
  return { min, max, tolerance, ...(learned && { learned }) };
}

const number = (value: number) => String(Number(value.toPrecision(6)));

/** A limit in plain words: "at least 2 and at most 5 rings". */
export function limitText({ min, max, unit }: Pick<ResolvedConstraint, 'min' | 'max' | 'unit'>): string {
  const bounds = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])];
  return `${bounds.join(' and ')} ${unit}`.trim();
}

/** A goal in plain words: "higher, best above 0.9". */
export function goalText(goal: GoalInfo, unit: string): string {
  const of = (value: number) => `${number(value)}${unit === '' ? '' : ` ${unit}`}`;
  switch (goal.kind) {
    case 'higher':
      return `higher is better, good from ${of(goal.to)}`;
    case 'lower':
      return `lower is better, good up to ${of(goal.from)}`;
    case 'target':
      return `near ${of(goal.value)}, give or take ${number(goal.tolerance)}`;
    case 'range':
      return `between ${number(goal.low)} and ${of(goal.high)}`;
    case 'step':
      return `${goal.side === 'at_least' ? 'at least' : 'at most'} ${of(goal.threshold)}`;
    case 'table':
      return `by a table of ${goal.points.length} points from ${number(goal.points[0][0])} to ${of(goal.points[goal.points.length - 1][0])}`;
  }
}
