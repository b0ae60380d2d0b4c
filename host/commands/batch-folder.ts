/** amalgam batch status, batch merge: what the folder of a batch holds, whoever runs it. */
import { type Command, Option } from 'commander';
import { chosenRuns } from '../batch/chosen.ts';
import { BatchFolder, type ListedRun, type RunStatus } from '../batch/folder.ts';
import { mergeCandidates, type Merged, type MergeFormat } from '../batch/merge.ts';
import { writeReport } from '../batch/report/report.ts';
import { writeSummary } from '../batch/summary.ts';
import { Chemistry } from '../chemistry/service.ts';
import { variedText } from './batch-display.ts';
import { gathered } from './options.ts';
import { endOnSignals } from './signals.ts';
import { duration, openTerminal, table } from './terminal.ts';

export function addBatchFolderCommands(batch: Command): void {
  batch
    .command('status')
    .description('Show how far the runs of a batch are, also while it runs elsewhere.')
    .argument('<folder>', 'folder of the batch')
    .option('--all', 'list waiting and finished runs too')
    .option('--json', 'print JSON')
    .action(status);
  batch
    .command('merge')
    .description(
      'Write summary.csv, report.html, and the candidates of all runs: each once, with the runs that found it.',
    )
    .argument('<folder>', 'folder of the batch')
    .addOption(new Option('--format <format>', 'format of the candidates').choices(['csv', 'sdf']).default('csv'))
    .option('--only <what>', 'only candidates of these runs (see amalgam batch --help)', gathered)
    .option('--json', 'print a summary as JSON')
    .action(merge);
}

interface StatusOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

function status(path: string, { all, json }: StatusOptions): void {
  const terminal = openTerminal();
  const runs = new BatchFolder(path).status();
  if (json)
    return terminal.json(
      runs.map(({ run, state, error, round, rounds, seconds, secondsLeft, result }) => ({
        ...{ id: run.id, design: run.design, seed: run.seed, varied: run.varied, state, error },
        ...{ round, rounds, seconds, secondsLeft, total: result?.total ?? null },
      })),
    );
  const shown = all ? runs : runs.filter(({ state }) => state !== 'waiting' && state !== 'finished');
  if (shown.length > 0)
    terminal.out(table(['run', 'design', 'seed', 'varied', 'state', 'round', 'time', 'total'], shown.map(statusRow)));
  for (const { run, error } of shown) if (error !== null) terminal.out(`${run.id}: ${error}`);
  terminal.out(countsText(runs));
}

function statusRow({ run, state, round, rounds, seconds, result }: RunStatus): string[] {
  const total = result?.total ?? null;
  return [
    ...[run.id, run.design, String(run.seed), variedText(run.varied), state],
    ...[`${round}/${rounds}`, duration(seconds), total === null ? '–' : total.toFixed(3)],
  ];
}

const STATES = ['finished', 'failed', 'running', 'paused', 'interrupted', 'waiting'] as const;

/** "9 runs: 3 finished, 1 running, 5 waiting" */
function countsText(runs: readonly RunStatus[]): string {
  const counts = STATES.flatMap((state) => {
    const count = runs.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}: ${counts.join(', ')}.`;
}

interface MergeOptions {
  readonly format: MergeFormat;
  readonly only?: string[];
  readonly json?: boolean;
}

async function merge(path: string, { format, only = [], json }: MergeOptions): Promise<void> {
  endOnSignals('Stopped. No file of candidates was written.');
  const folder = new BatchFolder(path);
  const terminal = openTerminal();
  const chemistry = new Chemistry();
  const files = await writeTables(folder, chemistry);
  const runs = chosenRuns(folder.runs(), only, (run) => run);
  const merged = await mergeInto(folder, runs, { format, chemistry });
  if (json) return terminal.json({ ...merged, files });
  terminal.out(
    `${merged.candidates.toLocaleString('en')} different candidates, found ${merged.found.toLocaleString('en')} times by ${runs.length} runs. Written: ${[...files, merged.file].join(', ')}.`,
  );
}

/** Summary and report of what the runs have come to. @returns the files */
export async function writeTables(folder: BatchFolder, chemistry: Chemistry): Promise<string[]> {
  const runs = folder.status();
  return [writeSummary(folder, runs), await chemistry.use(({ rdkit }) => writeReport(folder, runs, rdkit))];
}

/** Merges the candidates of runs, with progress on the terminal. @throws see mergeCandidates */
export async function mergeInto(
  folder: BatchFolder,
  runs: readonly ListedRun[],
  { format, chemistry }: { readonly format: MergeFormat; readonly chemistry: Chemistry },
): Promise<Merged> {
  const terminal = openTerminal();
  const progress = (done: number) =>
    terminal.progress(done / runs.length, `Merging the candidates of ${runs.length} runs`);
  try {
    const merged = await chemistry.use(({ rdkit }) => mergeCandidates({ folder, runs, format, rdkit, progress }));
    for (const one of merged.leftOut) terminal.note(`Not merged: ${one}`);
    return merged;
  } finally {
    terminal.endProgress();
  }
}
