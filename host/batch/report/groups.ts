/** @file Runs of a batch that differ only in their seed, with means and intervals over the seeds. */
import { type SeedMean, seedMean } from '../../../engine/learn/statistics.ts';
import type { RunResult, RunStatus } from '../folder.ts';

export interface RunGroup {
  /** The design and its varied settings. */
  readonly name: string;
  readonly runs: readonly RunStatus[];
  /** Of the finished runs. */
  readonly results: readonly RunResult[];
  readonly total: SeedMean | null;
}

export function groupsOf(all: readonly RunStatus[]): RunGroup[] {
  const groups = new Map<string, RunStatus[]>();
  for (const status of all) {
    const key = JSON.stringify([status.run.design, status.run.varied]);
    const members = groups.get(key);
    if (members) members.push(status);
    else groups.set(key, [status]);
  }
  return [...groups.values()].map(groupOf);
}

function groupOf(runs: readonly RunStatus[]): RunGroup {
  const { design, varied } = runs[0].run;
  const settings = Object.entries(varied).map(([name, value]) => `${name} = ${[value].flat().join(' ')}`);
  const results = runs.flatMap(({ result }) => result ?? []);
  return { name: [design, ...settings].join(', '), runs, results, total: seedMean(results.map(({ total }) => total)) };
}

/** Of one goal; null where no finished run has it. */
export function goalMean({ results }: RunGroup, name: string): SeedMean | null {
  return seedMean(results.map(({ goals }) => goals.find((goal) => goal.name === name)?.mean ?? null));
}

/** Mean total of each round over the seeds, up to the last round that all of them have. */
export function curveOf({ results }: RunGroup): (number | null)[] {
  const rounds = Math.min(...results.map(({ totals }) => totals.length));
  if (results.length === 0) return [];
  return Array.from(
    { length: rounds },
    (_, round) => seedMean(results.map(({ totals }) => totals[round]))?.mean ?? null,
  );
}

/** The best candidate of the group's runs; null before one is finished. */
export function bestOf({ results }: RunGroup): RunResult['best'] {
  return results
    .flatMap(({ best }) => best ?? [])
    .reduce<RunResult['best']>((top, one) => (top === null || (one.total ?? 0) > (top.total ?? 0) ? one : top), null);
}
