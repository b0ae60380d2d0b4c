/** amalgam batch: many runs, each in a folder of its own; the same command begins and continues them. */
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { close } from '../../db/index.ts';
import { type ChoosableDevice, fastestDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { consentsFile, defaultWorkspace } from '../base/paths.ts';
import { readWorkspace } from '../base/workspace.ts';
import { type Outcome, runBatch } from '../batch/batch.ts';
import { type BatchPlan, type PlannedRun, readBatch } from '../batch/batch-plan.ts';
import { chosenRuns } from '../batch/chosen.ts';
import { BatchFolder } from '../batch/folder.ts';
import { forecast } from '../batch/forecast.ts';
import { arrayTask, coresHere, runsOfTask } from '../batch/slurm.ts';
import { Chemistry } from '../chemistry/service.ts';
import { chosenDevice, deviceChoices, parseDevice, probeDevice, probeDevices } from '../compute/devices.ts';
import { scoringRequest } from '../design/resolved.ts';
import { Consents } from '../external/consents.ts';
import { sequencesOf } from '../runs/pace.ts';
import { type BatchDisplay, openDisplay, variedText } from './batch-display.ts';
import { addBatchFolderCommands, mergeInto, writeTables } from './batch-folder.ts';
import { addSubmit } from './batch-submit.ts';
import { type AllowOptions, withAllowOption, withConsent } from './consent.ts';
import { gathered, type HostCommandOptions, seedList, wholeNumber } from './options.ts';
import { duration, openTerminal, table } from './terminal.ts';

/** By which batch systems know that a job may be started again. */
const PAUSED = 143;

interface Options extends Pick<HostCommandOptions, 'workspace' | 'device'>, AllowOptions {
  readonly out?: string;
  readonly seeds?: number[];
  readonly jobs: number;
  readonly keepGoing?: boolean;
  readonly only?: string[];
  readonly dryRun?: boolean;
  readonly task?: number | true;
  readonly tasks?: number;
  readonly json?: boolean;
}

export function addBatch(program: Command): void {
  const batch = withAllowOption(
    program
      .command('batch')
      .description(
        'Run many designs, each with several seeds and settings. The same command continues a batch that was interrupted.',
      ),
  )
    .argument('<file...>', 'plans and designs (.toml)')
    .option('--out <folder>', 'folder of the batch; it is made where it is missing')
    .option('--seeds <list>', 'seeds for every design instead of those of the plan, e.g. 1,2,3 or 1-5', seedList)
    .option('--jobs <count>', 'runs side by side; they share the cores', wholeNumber(1, 256), 1)
    .option('--keep-going', 'begin further runs after one has failed')
    .option(
      '--only <what>',
      'only runs with this start of an id, design, seed=N or NAME=VALUE; repeat to narrow down',
      gathered,
    )
    .option('--dry-run', 'list the runs with their sequences and hours on this machine, without running them')
    .option(
      '--task [number]',
      'only the runs of this task of a Slurm array, without merging (default: SLURM_ARRAY_TASK_ID)',
      wholeNumber(0),
    )
    .option('--tasks <count>', 'number of tasks (default: SLURM_ARRAY_TASK_COUNT)', wholeNumber(1))
    .option('--workspace <file>', 'workspace whose runs tell the hours for --dry-run', defaultWorkspace())
    .addOption(new Option('--device <device>', `compute device: ${deviceChoices.join(', ')}`).default('auto'))
    .option('--json', 'print events as JSON lines')
    .action(run);
  // Options behind "status", "merge" and "submit" are theirs.
  addBatchFolderCommands(batch.enablePositionalOptions());
  addSubmit(batch);
}

async function run(files: string[], options: Options): Promise<void> {
  const chemistry = new Chemistry();
  const plan = await chemistry.use((context) => readBatch(files, context, options.seeds));
  const chosen = chosenRuns(plan.runs, options.only ?? [], ({ id, seed: own, variant: { name, varied } }) => ({
    ...{ id, design: name, seed: own, varied },
  }));
  const terminal = openTerminal();
  for (const note of [...plan.notes, ...plan.badRows]) terminal.note(note);
  const device = chooser(options.device);
  if (options.dryRun) return dryRun(chosen, device, options);
  if (options.out === undefined) throw new InputError('Give the folder of the batch with --out FOLDER.');
  const folder = new BatchFolder(options.out);
  folder.claim(plan, planned);
  const running = { folder, device, options, chemistry };
  if (options.task !== undefined || options.tasks !== undefined) return runTask(chosen, running);
  const lock = folder.lock();
  try {
    await runChosen(plan, chosen, running);
  } finally {
    lock.release();
  }
}

/** Tasks share the folder, and each run has its own lock; the tables of all runs are left to whoever merges. */
async function runTask(chosen: readonly PlannedRun[], running: Running): Promise<void> {
  const { task, tasks } = running.options;
  const given = { ...(typeof task === 'number' && { task }), ...(tasks !== undefined && { tasks }) };
  const own = runsOfTask(chosen, arrayTask(given, process.env));
  const { outcome, isPaused } = await runAll(own, running);
  report({ badRows: [] }, outcome, { files: [], isPaused, options: running.options });
}

const planned = ({ variant }: PlannedRun) => sequencesOf(variant.resolved);

/** Tests the devices when the first run begins, once for all runs. */
function chooser(wanted: string): () => Promise<ChoosableDevice> {
  const choice = parseDevice(wanted);
  const threads = coresHere(process.env);
  let chosen: Promise<ChoosableDevice> | undefined;
  const choose = async () =>
    choice === 'auto'
      ? fastestDevice(await probeDevices(threads))
      : chosenDevice(choice, [await probeDevice(choice, threads)]);
  return () => (chosen ??= choose());
}

interface Running {
  readonly folder: BatchFolder;
  readonly device: () => Promise<ChoosableDevice>;
  readonly options: Options;
  readonly chemistry: Chemistry;
}

async function runChosen(plan: BatchPlan, chosen: readonly PlannedRun[], running: Running): Promise<void> {
  const { folder, chemistry, options } = running;
  const { outcome, isPaused } = await runAll(chosen, running);
  const files = await writeTables(folder, chemistry);
  const candidates = folder.file('candidates.csv');
  if (!isPaused && (outcome.begun > 0 || !existsSync(candidates)))
    await mergeInto(folder, folder.runs(), { format: 'csv', chemistry });
  report(plan, outcome, { files: isPaused ? files : [...files, candidates], isPaused, options });
}

interface Left {
  readonly outcome: Outcome;
  /** Whether a signal left something undone. */
  readonly isPaused: boolean;
}

async function runAll(runs: readonly PlannedRun[], { folder, device, options }: Running): Promise<Left> {
  const consents = new Consents(consentsFile());
  for (const variant of new Set(runs.map((one) => one.variant)))
    await withConsent(consents, options, () => consents.require(scoringRequest(variant.resolved)));
  const { jobs, keepGoing = false, json = false } = options;
  const display = openDisplay({ runs, before: ({ id }) => folder.state(id), sequencesOf: planned, json });
  const { leaving, forget } = leaveOnSignals(display);
  const cores = coresHere(process.env);
  try {
    const tell = display.show.bind(display);
    const outcome = await runBatch(runs, { folder, consents, device, jobs, cores, keepGoing, leaving, tell });
    return { outcome, isPaused: leaving.afterRound.aborted && outcome.left > 0 };
  } finally {
    display.end();
    forget();
  }
}

interface Leave {
  readonly leaving: { readonly afterRound: AbortSignal; readonly now: AbortSignal };
  readonly forget: () => void;
}

/** The first signal leaves after the rounds under way, the second at once. */
function leaveOnSignals(display: BatchDisplay): Leave {
  const [afterRound, now] = [new AbortController(), new AbortController()];
  const leave = () => {
    if (afterRound.signal.aborted) return now.abort();
    display.note(
      'Finishing the rounds under way, then leaving. A second signal leaves at once and loses these rounds.',
    );
    afterRound.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const;
  for (const signal of signals) process.on(signal, leave);
  return {
    leaving: { afterRound: afterRound.signal, now: now.signal },
    forget: () => signals.forEach((signal) => process.off(signal, leave)),
  };
}

interface Ended {
  readonly files: readonly string[];
  readonly isPaused: boolean;
  readonly options: Options;
}

function report(
  { badRows }: Pick<BatchPlan, 'badRows'>,
  { finished, failed, left }: Outcome,
  { files, isPaused, options }: Ended,
): void {
  const terminal = openTerminal();
  if (options.json) terminal.json({ event: 'end', finished, failed, left, badRows: badRows.length, files });
  else {
    const parts = [`${finished} finished`, `${failed} failed`, `${left} left`];
    terminal.out(`${parts.join(', ')}.${files.length === 0 ? '' : ` Written: ${files.join(', ')}.`}`);
  }
  if (badRows.length > 0) terminal.note(`These rows of the table were left out:\n${badRows.join('\n')}`);
  if (isPaused) terminal.note('The same command continues.');
  else if (left > 0) terminal.note('A run has failed, so no further runs were begun. --keep-going begins them.');
  process.exitCode = isPaused ? PAUSED : failed + left + badRows.length > 0 ? 1 : 0;
}

/** From runs of the workspace where it has comparable ones. */
async function forecastHere(
  runs: readonly PlannedRun[],
  device: Running['device'],
  workspace: string,
): Promise<ReadonlyMap<PlannedRun, number | null>> {
  const db = existsSync(workspace) ? readWorkspace(workspace) : null;
  try {
    return await forecast({ runs }, { db, device, note: (text) => openTerminal().note(text) });
  } finally {
    if (db !== null) close(db);
  }
}

async function dryRun(runs: readonly PlannedRun[], device: Running['device'], options: Options): Promise<void> {
  const terminal = openTerminal();
  const seconds = await forecastHere(runs, device, options.workspace);
  const all = [...seconds.values()];
  const total = all.includes(null) ? null : all.reduce<number>((sum, one) => sum + one!, 0);
  if (options.json)
    return terminal.json(
      runs.map((one) => ({
        ...{ id: one.id, design: one.variant.name, seed: one.seed, varied: one.variant.varied },
        ...{ sequences: planned(one), seconds: seconds.get(one) },
      })),
    );
  const time = (value: number | null | undefined) => (value === null || value === undefined ? '–' : duration(value));
  terminal.out(
    table(
      ['run', 'design', 'seed', 'varied', 'sequences', 'time'],
      runs.map((one) => [
        ...[one.id, one.variant.name, String(one.seed), variedText(one.variant.varied)],
        ...[planned(one).toLocaleString('en'), time(seconds.get(one))],
      ]),
    ),
  );
  terminal.out(
    `${runs.length} runs, ${runs.reduce((sum, one) => sum + planned(one), 0).toLocaleString('en')} sequences, ${total === null ? 'time unknown' : `about ${duration(total)} on this machine`}.`,
  );
}
