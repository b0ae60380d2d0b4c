/** Outcomes of PMO as a table, each task beside published figures. */
import type { Outcome } from './run.ts';
import { PUBLISHED, SUMS } from './tasks.ts';

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

export function tableOf(outcomes: readonly Outcome[]): string {
  const tasks = [...new Set(outcomes.map(({ task }) => task))];
  const of = (task: string) => outcomes.filter((one) => one.task === task);
  const rows = tasks.map((task) => rowOf(task, of(task)));
  const sum = tasks.reduce((total, task) => total + mean(of(task).map(({ auc }) => auc)), 0);
  const published = tasks.every((task) => task in PUBLISHED)
    ? [0, 1].map((at) => tasks.reduce((total, task) => total + PUBLISHED[task][at], 0).toFixed(3))
    : ['', ''];
  return [
    '| task | seeds | AUC of the best 10 | each seed | REINVENT | Graph GA | best 10 | best 100 | makeable | diversity | calls | seconds |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    `| sum of ${tasks.length} | | **${sum.toFixed(3)}** | | ${published.join(' | ')} | | | | | | |`,
    ...(tasks.length === 23 ? ['', ...SUMS.map(sumLine)] : []),
  ].join('\n');
}

function rowOf(task: string, runs: readonly Outcome[]): string {
  const figure = (read: (one: Outcome) => number, digits = 3) => mean(runs.map(read)).toFixed(digits);
  const [reinvent, graphGa] = PUBLISHED[task] ?? ['', ''];
  const cells = [
    task,
    runs.length,
    figure(({ auc }) => auc),
    runs.map(({ auc }) => auc.toFixed(3)).join(' '),
    reinvent,
    graphGa,
    figure(({ top10 }) => top10),
    figure(({ top100 }) => top100),
    figure(({ makeable }) => makeable, 2),
    figure(({ diversity }) => diversity, 2),
    figure(({ calls }) => calls, 0),
    figure(({ seconds }) => seconds, 0),
  ];
  return `| ${cells.join(' | ')} |`;
}

function sumLine([system, sum, screened, source]: (typeof SUMS)[number]): string {
  return `- ${system}: ${sum.toFixed(3)}${screened ? ', with molecules screened beforehand' : ''} (${source})`;
}
