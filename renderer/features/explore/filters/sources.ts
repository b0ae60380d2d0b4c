/** @file What made a candidate, in words. */
import { type ResolvedObjective, sources } from '../../../../contract/api.ts';
import { shortName } from '../../../lib/goals.ts';
import type { Table } from '../table.ts';

const words: Readonly<Record<number, string>> = {
  [sources.prior]: 'Prior, before training',
  [sources.merge]: 'Merge',
  [sources.search]: 'Weight search',
  [sources.blend]: 'Steering',
};

export function sourceName(source: number, goals: readonly ResolvedObjective[]): string {
  const goal = goals[source];
  return words[source] ?? (goal === undefined ? 'Generator' : `Expert for ${shortName(goal.label)}`);
}

/** Those that made at least one candidate, the earliest kinds first. */
export function sourcesOf({ source }: Table): number[] {
  return [...new Set(source)].sort((a, b) => a - b);
}
