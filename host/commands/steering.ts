/** amalgam steer, pareto: samples from a run's experts merged with other weights. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Candidate, ContractError, mostReach, type Surface, type SurfaceState } from '../../contract/api.ts';
import { getRun, type Run } from '../../db/index.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import { usualReach } from '../../engine/soup/merge.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { columnsOf, objectiveNames, sequenceColumn } from '../export/columns.ts';
import { csvLine } from '../export/csv.ts';
import { createHost, type Host } from '../host.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';
import { type AllowOptions, withAllowOption, withConsent } from './consent.ts';
import { realNumber, seed as seedOption, wholeNumber, withWorkspace } from './options.ts';
import { parseWeights, withReader, writeOut } from './run-options.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

const REACH_HELP = `extrapolation factor from the run’s merge towards the blend: 1 is the plain blend, larger values amplify the differences between the experts (default: ${usualReach('iterative')} for method "iterative", ${usualReach('soups')} for "soups"). Runs of method "ric" have none.`;
const reachOption = realNumber(0, mostReach);

export function addSteering(program: Command): void {
  withAllowOption(
    withWorkspace(
      program
        .command('steer')
        .description(
          'Merge the experts of a run with other weights, or ask a generator of method "ric" for other rewards, and sample new molecules.',
        ),
    ),
  )
    .argument('<run>', 'number of the run', wholeNumber(1))
    .requiredOption(
      '--weights <id=weight,...>',
      'weight of each goal, e.g. qed=0.7,sa=0.3; omitted goals have weight 0',
    )
    .option('--reach <factor>', REACH_HELP, reachOption)
    .option('-n, --count <count>', 'number of new molecules', wholeNumber(1, 1000), 100)
    .option('--seed <number>', 'seed of the sampling', seedOption)
    .option('--out <file>', 'output file (CSV); - for stdout', '-')
    .option('--json', 'print the result as JSON')
    .action(steer);

  withAllowOption(
    withWorkspace(
      program
        .command('pareto')
        .description(
          'Measure mean scores over merge weights of a run’s experts. Measurements are kept: Ctrl-C stops, and the same command continues.',
        ),
    ),
  )
    .argument('<run>', 'number of the run', wholeNumber(1))
    .option(
      '--points <count>',
      'number of weight combinations to measure: the run’s own weights, an even grid, and random ones (default: depends on the number of goals)',
      wholeNumber(2, 200),
    )
    .option('--reach <factor>', REACH_HELP, reachOption)
    .option('-n, --count <count>', 'molecules or sequences per weight combination', wholeNumber(20, 10_000), 256)
    .option('--seed <number>', 'seed of the sampling', seedOption, 1)
    .requiredOption('--out <file>', 'output file (CSV); - for stdout')
    .option('--json', 'print the result as JSON')
    .action(pareto);
}

interface Common extends AllowOptions {
  readonly workspace: string;
  readonly reach?: number;
  readonly count: number;
  readonly out: string;
  readonly json?: boolean;
}

interface SteerOptions extends Common {
  readonly weights: string;
  readonly seed?: number;
}

async function steer(
  runId: number,
  { workspace, weights, reach, count, seed, out, json, allowCommand }: SteerOptions,
): Promise<void> {
  const run = withReader(workspace, (db) => getRun(db, runId));
  const host = createHost({ workspace });
  try {
    const request = {
      runId,
      weights: parseWeights(weights, run),
      n: count,
      ...(reach !== undefined && { reach }),
      ...(seed !== undefined && { seed }),
    };
    const result = await withConsent(host.context.consents, { allowCommand }, () =>
      host.call('steering.sample', request),
    );
    const terminal = openTerminal();
    const modality = modalityOf(host.context.db, run);
    if (out !== '-' || !json) writeOut(out, steeredCsv(run, modality, result.candidates));
    if (json) terminal.json(result);
    else
      terminal.note(
        `${result.unique - result.known} new ${modalityWords[modality].many} of ${result.sampled} sampled in ${result.seconds!.toFixed(1)} s, ${result.valid} valid. They are kept as blend ${result.blendId} of run ${runId}.`,
      );
  } finally {
    await host.close();
  }
}

function steeredCsv(run: Run, modality: Modality, candidates: readonly Candidate[]): string {
  const names = columnsOf(objectivesOf(run), constraintsOf(run), run.predictors).map(({ name }) => name);
  const n = run.objectives.length;
  const header = csvLine([sequenceColumn[modality], ...names.slice(0, 1 + 2 * n), 'candidate']);
  return (
    header +
    candidates.map(({ sequence, total, raw, scores, id }) => csvLine([sequence, total, ...raw, ...scores, id])).join('')
  );
}

interface ParetoOptions extends Common {
  readonly points?: number;
  readonly seed: number;
}

async function pareto(
  runId: number,
  { workspace, points: settings, count: samples, seed, reach, out, json, allowCommand }: ParetoOptions,
): Promise<void> {
  checkPlace(out);
  const run = withReader(workspace, (db) => getRun(db, runId));
  const host = createHost({ workspace });
  try {
    const request = {
      runId,
      samples,
      seed,
      ...(reach !== undefined && { reach }),
      ...(settings !== undefined && { settings }),
    };
    const begun = await withConsent(host.context.consents, { allowCommand }, () =>
      host.call('surface.measure', request),
    );
    const terminal = openTerminal();
    const surface = wholeSurface(await measured(host, runId, begun, terminal), runId);
    const file = new OutputFile(out);
    await file.write(surfaceCsv(run, surface));
    await file.close();
    if (json) terminal.json({ run: runId, ...surface });
    else report(run, surface, out, terminal);
  } finally {
    await host.close();
  }
}

/** Checked before anything is measured. @throws InputError if the file cannot be written */
function checkPlace(out: string): void {
  if (out === '-') return;
  const folder = dirname(resolve(out));
  if (!existsSync(folder)) throw new InputError(`Cannot write ${out}: the folder ${folder} does not exist.`);
  if (existsSync(out) && statSync(out).isDirectory()) throw new InputError(`Cannot write ${out}: it is a folder.`);
}

/** Shows progress until the end; Ctrl-C stops after the current setting. */
async function measured(host: Host, runId: number, begun: SurfaceState, terminal: Terminal): Promise<SurfaceState> {
  const show = ({ job }: SurfaceState): void => {
    if (job !== null)
      terminal.progress(
        job.done / job.settings,
        `${job.done} of ${job.settings} points${job.secondsLeft === null ? '' : `, about ${duration(job.secondsLeft)} left`}`,
      );
  };
  const cancel = (): void => void host.context.surfaces.cancel(runId);
  const end = host.subscribe('surface', { runId }, (event) => show(event as SurfaceState));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, cancel);
  show(begun);
  const state = await host.context.surfaces.ended(runId);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, cancel);
  end();
  terminal.endProgress();
  return state;
}

/** @throws ContractError if some settings are not measured */
function wholeSurface({ surface, problem }: SurfaceState, runId: number): Surface {
  const done = surface?.measured.length ?? 0;
  if (surface !== null && done === surface.settings) return surface;
  throw new ContractError(
    'failed',
    `${problem ?? 'Stopped early.'} ${done} of ${surface?.settings ?? 0} points are measured and kept. Run the same "amalgam pareto ${runId}" again to continue. No file was written.`,
  );
}

/** One row per point; the hypervolume is of all points together and repeated in each row. */
function surfaceCsv(run: Run, { measured: settings, hypervolume }: Surface): string {
  const names = objectiveNames(objectivesOf(run));
  const header = [
    'point',
    ...names.map((name) => `weight ${name}`),
    ...names.flatMap((name) => [`${name} score`, `${name} score low`, `${name} score high`, name]),
    'total',
    'total low',
    'total high',
    'sampled',
    'valid',
    'unique',
    'front',
    'hypervolume',
    'hypervolume error',
  ];
  const rows = settings.map(({ number, weights, objectives, total, sampled, valid, unique, front }) => [
    number,
    ...weights,
    ...objectives.flatMap(({ mean, low, high, raw }) => [mean, low, high, raw]),
    total.mean,
    total.low,
    total.high,
    sampled,
    valid,
    unique,
    Number(front),
    hypervolume.value,
    hypervolume.error,
  ]);
  return [header, ...rows].map(csvLine).join('');
}

function report(
  run: Run,
  { measured: settings, hypervolume: { value, error }, samples, reach }: Surface,
  out: string,
  terminal: Terminal,
): void {
  const best = settings.reduce((one, other) => ((other.total.mean ?? -1) > (one.total.mean ?? -1) ? other : one));
  const names = objectiveNames(objectivesOf(run));
  const mix = best.weights.map((weight, i) => `${names[i]}=${Number(weight.toFixed(3))}`).join(',');
  terminal.note(
    `${settings.length} points of ${samples} each at reach ${reach}: hypervolume ${value.toFixed(4)} ± ${error.toFixed(4)} (standard error, reference point 0), ${settings.filter(({ front }) => front).length} on the front.`,
  );
  terminal.note(
    `Best by the design's weights: ${mix}, mean score ${best.total.mean?.toFixed(3) ?? 'unknown'}.${out === '-' ? '' : ` All points are in ${out}.`}`,
  );
}
