/** amalgam runs, export: lists runs and writes their candidates to files. */
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { exportFormats, methodSchemas, type Parsed, type Result } from '../../contract/api.ts';
import { close, getRun, listRuns } from '../../db/index.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import { InputError } from '../base/errors.ts';
import { defaultWorkspace } from '../base/paths.ts';
import { readWorkspace, translating, translatingAsync } from '../base/workspace.ts';
import { ApplicabilityChecks } from '../candidates/applicability.ts';
import { type EmbedProgress, SpaceThreads } from '../candidates/space-threads.ts';
import { Chemistry } from '../chemistry/service.ts';
import { exportRun } from '../export/export.ts';
import type { EmbedAll } from '../export/sdf.ts';
import { modalityOf } from '../runs/setup.ts';
import { summaryOf } from '../runs/summary.ts';
import { wholeNumber, withWorkspace } from './options.ts';
import { parseWeights, withReader, writeOut } from './run-options.ts';
import { endOnSignals } from './signals.ts';
import { duration, openTerminal, table } from './terminal.ts';

type Format = (typeof exportFormats)[number];
/** Alternative file name extensions. */
const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'smi',
  fa: 'fasta',
  fna: 'fasta',
  gb: 'genbank',
  gbk: 'genbank',
  htm: 'html',
};

interface Common {
  readonly workspace: string;
  readonly json?: boolean;
}

export function addRuns(program: Command): void {
  withWorkspace(program.command('runs').description('List the runs of a workspace, newest first.'))
    .option('--json', 'print JSON')
    .action(runs);

  withWorkspace(program.command('export').description('Write the best candidates of a run to a file.'))
    .argument('<run>', 'number of the run', wholeNumber(1))
    .option('--top <count>', 'number of candidates, best first', wholeNumber(1, 1_000_000), 100)
    .addOption(
      new Option('--format <format>', 'file format (default: from the file name extension)').choices([
        ...exportFormats,
      ]),
    )
    .option('--weights <id=weight,...>', 'rank by these weights instead of the weights of the run')
    .addOption(
      new Option(
        '--by <ranking>',
        'rank by the total, or by the lower end of its interval from the errors of predicted values',
      )
        .choices(['total', 'lower-bound'])
        .default('total'),
    )
    .option('--starred', 'export only the shortlist')
    .option(
      '--errors',
      'add to tables the error of each predicted value and whether the candidate is in the applicability domain',
    )
    .requiredOption('--out <file>', 'output file; - for stdout')
    .option('--json', 'print a summary as JSON')
    .action(exportCommand);
}

function runs({ workspace, json }: Common): void {
  const terminal = openTerminal();
  // Before the first run, the default workspace does not exist yet; that is not an error.
  const isNew = workspace === defaultWorkspace() && !existsSync(workspace);
  const all = isNew ? [] : withReader(workspace, (db) => listRuns(db).map((run) => summaryOf(db, run)));
  if (json) return terminal.json(all);
  if (all.length === 0) return terminal.out('This workspace has no runs yet. "amalgam design FILE.toml" starts one.');
  const rows = all.map(({ id, design, state, method, seed, round, rounds, scored, unique, best, seconds }) => [
    String(id),
    design,
    state,
    method,
    String(seed),
    `${round}/${rounds}`,
    String(scored),
    String(unique),
    best === null ? '–' : best.toFixed(3),
    duration(seconds),
  ]);
  terminal.out(table(['run', 'design', 'state', 'method', 'seed', 'round', 'scored', 'unique', 'best', 'time'], rows));
}

interface ExportOptions extends Common {
  readonly top: number;
  readonly format?: Format;
  readonly weights?: string;
  readonly by: Parsed<'export.make'>['by'];
  readonly starred?: boolean;
  readonly errors?: boolean;
  readonly out: string;
}

async function exportCommand(
  runId: number,
  { workspace, top, format, weights, by, starred, errors, out, json }: ExportOptions,
): Promise<void> {
  const db = readWorkspace(workspace);
  const threads = new SpaceThreads();
  const applicability = new ApplicabilityChecks(db);
  try {
    const run = translating(() => getRun(db, runId));
    const request = {
      runId,
      format: format ?? formatOf(out),
      top,
      weights: weights === undefined ? undefined : parseWeights(weights, run),
      by,
      starredOnly: starred === true,
      predictions: errors === true,
    };
    const embedAll: EmbedAll = (smiles) => embedding(threads, smiles);
    const { content, encoding, count, leftOut } = await new Chemistry().use(({ rdkit }) =>
      translatingAsync(() =>
        exportRun(db, methodSchemas['export.make'].params.parse(request), {
          rdkit,
          embedAll,
          tell: (id, sequences) => applicability.predictionRows(id, sequences),
        }),
      ),
    );
    writeOut(out, encoding === 'text' ? content : Buffer.from(content, 'base64'));
    if (out !== '-') report({ out, format: request.format, count, leftOut }, modalityOf(db, run), json === true);
  } finally {
    await threads.close();
    await applicability.close();
    close(db);
  }
}

/** Shows progress; Ctrl-C ends it without a file. */
async function embedding(threads: SpaceThreads, smiles: readonly string[]): ReturnType<EmbedAll> {
  const terminal = openTerminal();
  endOnSignals('Stopped. No file was written.');
  const onprogress = ({ done, of, secondsLeft }: EmbedProgress): void => {
    terminal.progress(
      done / of,
      `${done} of ${of} ${of === 1 ? 'molecule' : 'molecules'} embedded in 3D${secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`}`,
    );
  };
  try {
    return await threads.embedAll(smiles, { onprogress });
  } finally {
    terminal.endProgress();
  }
}

function report(
  written: Pick<Result<'export.make'>, 'count' | 'leftOut'> & { out: string; format: string },
  modality: Modality,
  json: boolean,
): void {
  const terminal = openTerminal();
  if (json) return terminal.json(written);
  terminal.note(`${written.count} ${modalityWords[modality].many} are in ${written.out}.`);
  for (const { id, reason } of written.leftOut) terminal.note(`Candidate ${id} was omitted. ${reason}`);
}

function formatOf(out: string): Format {
  if (out.toLowerCase().endsWith('.3d.sdf')) return 'sdf3d';
  if (out.toLowerCase().endsWith('.order.csv')) return 'order';
  const ending = extname(out).slice(1).toLowerCase();
  const format = ENDINGS[ending] ?? exportFormats.find((one) => one === ending);
  if (format === undefined)
    throw new InputError(
      `The file name "${out}" does not show its format. Add --format, or use one of these extensions: ${exportFormats.join(', ')}.`,
    );
  return format;
}
