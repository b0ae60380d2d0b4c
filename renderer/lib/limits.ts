/** @file Describes limits: what is forbidden, how it is enforced, and how a run keeps it. */
import type { ConstraintMetrics, RunConstraint } from '../../contract/api.ts';
import { percent, raw, score } from './format.ts';

export type LimitKind = RunConstraint['kind'];

/** Labels of the three ways to enforce a limit in the form. */
export const limitWords: Record<LimitKind, string> = {
  hard: 'Hard: candidates outside score 0',
  soft: 'Soft: the score falls with the distance',
  learned: 'Learned: the penalty adapts',
};

/** "at most 0", "at least 200, at most 500 g/mol". */
export function describeBounds({ min, max, unit }: Pick<RunConstraint, 'min' | 'max' | 'unit'>): string {
  const least = min === undefined ? [] : [`at least ${raw(min, max === undefined ? unit : '')}`];
  return [...least, ...(max === undefined ? [] : [`at most ${raw(max, unit)}`])].join(', ');
}

/** How a limit is enforced: "By learnt pressure, until at most 5% break it". */
export function describeEnforcement({ kind, allowed }: Pick<RunConstraint, 'kind' | 'allowed'>): string {
  return `${limitWords[kind]}${allowed === undefined ? '' : `, until at most ${percent(allowed)} break it`}`;
}

/** How the newest round keeps a limit: "met by 96%, pressure 0.42". */
export function describeKept({ met, multiplier }: ConstraintMetrics): string {
  const share = met === null ? 'no value yet' : `met by ${percent(met)}`;
  return multiplier === null ? share : `${share}, pressure ${score(multiplier)}`;
}
