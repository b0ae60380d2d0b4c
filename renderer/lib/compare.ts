/**
 * @file Comparison of runs in numbers: groups by design and method, means over seeds with intervals, inequalities, and
 * a table for files.
 */
import type { ComparableRun, ComparedRun, FinalMetrics, SharedFinds } from '../../contract/api.ts';
import { count, missing, when } from './format.ts';
import { numbers } from './numbers.svelte.ts';

/** Runs that differ only in their seed. */
export interface RunGroup {
  readonly key: string;
  /** "IterativeRS", with the design if several are compared. */
  readonly label: string;
  readonly runs: readonly ComparedRun[];
}

export interface Estimate {
  readonly mean: number;
  /** Half the width of the 95% interval of the mean over seeds (Student's t); null for one seed. */
  readonly half: number | null;
}

export interface CurvePoint extends Estimate {
  /** Number of sequences scored up to this point. */
  readonly scored: number;
}

export const methodNames = {
  iterative: 'IterativeRS',
  morlhf: 'MORLHF',
  soups: 'Rewarded Soups',
  ric: 'Rewards in Context',
} as const;

/** 97.5% quantiles of Student's t for 1, 2, ... degrees of freedom (NIST/SEMATECH e-Handbook, table 1.3.6.7.2). */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201];

export function groupsOf(runs: readonly ComparedRun[]): RunGroup[] {
  const designs = new Map(runs.map(({ detail: { summary } }) => [summary.designId, summary.design]));
  const isShared = (name: string) => [...designs.values()].filter((one) => one === name).length > 1;
  const groups = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    const key = `${run.detail.summary.designId} ${run.detail.summary.method}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups].map(([key, members]) => {
    const { design, method, created } = members[0].detail.summary;
    const named = isShared(design) ? `${design} of ${when(created)}` : design;
    return { key, label: designs.size > 1 ? `${named}, ${methodNames[method]}` : methodNames[method], runs: members };
  });
}

/** Null if no value is known. */
export function estimate(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (known.length === 1) return { mean, half: null };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  return { mean, half: T[Math.min(known.length - 2, T.length - 1)] * Math.sqrt(variance / known.length) };
}

/**
 * Mean over seeds by round, up to the last round that every run of the group has.
 * @param goal index of the goal; null for the total score
 */
export function curveOf({ runs }: RunGroup, goal: number | null): CurvePoint[] {
  const shortest = runs.reduce((a, b) => (a.detail.rounds.length <= b.detail.rounds.length ? a : b));
  return shortest.detail.rounds.flatMap(({ scored }, i) => {
    const rounds = runs.map(({ detail }) => detail.rounds[i]);
    const value = estimate(
      rounds.map((round) => (goal === null ? round.total : (round.objectives[goal]?.mean ?? null))),
    );
    return value === null ? [] : [{ scored, ...value }];
  });
}

export interface Row {
  readonly label: string;
  /** One per group. */
  readonly values: readonly (Estimate | null)[];
  /** Digits after the point. */
  readonly digits: number;
}

/** Results of each group, measured on fresh samples of the last merge unless stated otherwise. */
export function rowsOf(groups: readonly RunGroup[]): Row[] {
  const row = (label: string, digits: number, read: (run: ComparedRun) => number | null): Row => ({
    label,
    digits,
    values: groups.map(({ runs }) => estimate(runs.map(read))),
  });
  const final = (label: string, digits: number, name: keyof FinalMetrics) =>
    row(label, digits, (run) => run.final?.[name] ?? null);
  const goals = groups[0].runs[0].detail.objectives.map(({ label }, i) =>
    row(`${label}, mean score`, 3, ({ detail }) => detail.rounds.at(-1)?.objectives[i]?.mean ?? null),
  );
  return [
    final('All goals, mean score', 3, 'total'),
    ...goals,
    final('Worst goal, mean score', 3, 'worst'),
    row('Best candidate', 3, ({ detail }) => detail.summary.best),
    final('Hypervolume', 4, 'hypervolume'),
    final('Valid, share', 3, 'valid'),
    final('Unique, share of valid', 3, 'unique'),
    final('Scaffolds or families per candidate', 3, 'scaffolds'),
    final('ICV across goals', 2, 'icvObjectives'),
    final('ICV across candidates', 2, 'icvSequences'),
    row('Candidates found', 0, ({ detail }) => detail.summary.unique),
    row('Sequences scored', 0, ({ detail }) => detail.summary.scored),
    row('Time, seconds', 0, ({ detail }) => detail.summary.seconds),
  ];
}

/** "0.712 ± 0.034" */
export function estimateText(value: Estimate | null, digits: number): string {
  if (value === null) return missing;
  const text = (number: number): string => numbers.fixed(number, digits);
  return value.half === null ? text(value.mean) : `${text(value.mean)} ± ${text(value.half)}`;
}

/** Budgets within this share of each other count as equal. */
const EQUAL = 0.02;

/** Why the comparison is not equal; empty if it is. */
export function inequalities(runs: readonly ComparedRun[]): string[] {
  const differ = (read: (run: ComparedRun) => unknown) =>
    new Set(runs.map((run) => JSON.stringify(read(run)))).size > 1;
  const scored = runs.map(({ detail }) => detail.summary.scored);
  const [least, most] = [Math.min(...scored), Math.max(...scored)];
  return [
    ...(most > least * (1 + EQUAL)
      ? [
          `The runs have scored from ${count(least)} to ${count(most)} sequences: compare the curves at the same budget, not at their ends.`,
        ]
      : []),
    ...(differ(({ detail }) => detail.prior) ? ['They started from different generators.'] : []),
    ...(differ(({ detail }) => detail.constraints) ? ['Their limits differ.'] : []),
    ...(differ(({ detail }) => detail.generate) ? ['Their required scaffolds or sequences differ.'] : []),
    ...(differ(({ detail }) => detail.objectives.map(({ weight }) => weight))
      ? ['Their weights differ, so their totals are not comparable.']
      : []),
  ];
}

/** Why a run cannot be compared with the chosen ones; null if it can. */
export function refusal(run: ComparableRun, chosen: readonly ComparableRun[]): string | null {
  if (chosen.length === 0 || chosen[0].goals === run.goals) return null;
  return chosen[0].modality === run.modality ? `Different goals: ${run.goalLabels.join(', ')}` : 'Different modality';
}

/** Number of candidates found by exactly these groups. */
export interface SharedByGroups {
  readonly groups: readonly number[];
  readonly count: number;
}

/** Combines the candidates of single runs into those of their groups, largest first. */
export function sharedByGroups(shared: readonly SharedFinds[], groups: readonly RunGroup[]): SharedByGroups[] {
  const groupOf = new Map(groups.flatMap(({ runs }, i) => runs.map(({ detail }) => [detail.summary.id, i] as const)));
  const counts = new Map<string, number>();
  for (const { runIds, count } of shared) {
    const key = [...new Set(runIds.map((id) => groupOf.get(id)!))].sort((a, b) => a - b).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return [...counts]
    .map(([key, count]) => ({ groups: key.split(' ').map(Number), count }))
    .sort((a, b) => b.count - a.count);
}

/** How many candidates each group found, alone and together with others. */
export function foundByGroups(shared: readonly SharedByGroups[], groups: number): number[] {
  return Array.from({ length: groups }, (_, i) =>
    shared.reduce((sum, { groups: by, count }) => sum + (by.includes(i) ? count : 0), 0),
  );
}

/** A letter for a group, if its name is too long: A, B, ... */
export const letterOf = (group: number): string => String.fromCharCode(65 + group);

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lines = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => row.map((value) => cell(String(value))).join(',')).join('\r\n');

/** The table as CSV: mean and half interval of each group. */
export function tableCsv(groups: readonly RunGroup[]): string {
  const header = [
    '',
    ...groups.flatMap(({ label, runs }) => [
      `${label}, mean of ${runs.length}`,
      `${label}, half-width of the 95% interval`,
    ]),
  ];
  return `${lines([header, ...rowsOf(groups).map(({ label, values }) => [label, ...values.flatMap((value) => [value?.mean ?? '', value?.half ?? ''])])])}\r\n`;
}

/** The curves as CSV: a line a group, goal and round. */
export function curvesCsv(groups: readonly RunGroup[]): string {
  const goals = [null, ...groups[0].runs[0].detail.objectives.keys()];
  const name = (goal: number | null) => (goal === null ? 'all goals' : groups[0].runs[0].detail.objectives[goal].label);
  const rows = groups.flatMap((group) =>
    goals.flatMap((goal) =>
      curveOf(group, goal).map(({ scored, mean, half }) => [group.label, name(goal), scored, mean, half ?? '']),
    ),
  );
  return `${lines([['runs', 'goal', 'sequences scored', 'mean score', 'half-width of the 95% interval'], ...rows])}\r\n`;
}
