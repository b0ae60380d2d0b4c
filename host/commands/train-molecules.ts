/**
 * amalgam train-predictor for molecules: reports what is in the table, what happened to its rows, figures by scaffold,
 * and a verdict.
 */
import { type Command, Option } from 'commander';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { UserPredictorTraining } from '../../engine/learn/user-predictor/assemble.ts';
import type { TaskKind } from '../../engine/learn/user-predictor/task.ts';
import type { TransformId } from '../../engine/learn/user-predictor/units.ts';
import { writeUserPredictor } from '../../engine/predictor/user/checkpoint.ts';
import { secondsLeft } from '../base/time-left.ts';
import { writeWhole } from '../base/write-whole.ts';
import { placeWord } from '../intake/rows.ts';
import { openUserTable, readMoleculeTable } from '../training/molecule-table.ts';
import { trainMoleculeTable, wantedOf } from '../training/molecule-training.ts';
import { figureLines, rowLines, tableLine } from '../training/report.ts';
import { endOnSignals } from './signals.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

export interface MoleculeOptions {
  readonly column: string[];
  readonly out: string;
  readonly structure?: string;
  readonly sheet?: string;
  readonly task?: TaskKind;
  readonly transform?: TransformId;
  readonly unit?: string;
  readonly positive?: string;
  readonly wanted?: 'higher' | 'lower';
  readonly evenSo?: boolean;
  readonly epochs?: number;
  readonly seed: number;
  readonly threads: number;
  readonly json?: boolean;
}

export function withMoleculeOptions(
  command: Command,
  kinds: readonly TaskKind[],
  transforms: readonly TransformId[],
): Command {
  return command
    .addOption(
      new Option(
        '--task <kind>',
        'molecules: continuous values (regression) or two classes (classification) (default: detected)',
      ).choices(kinds),
    )
    .addOption(
      new Option(
        '--transform <name>',
        'molecules: learn the values unchanged (none), their log10, or -log10 in mol/L (p) (default: detected)',
      ).choices(transforms),
    )
    .option('--unit <unit>', 'molecules: unit of the column, e.g. nM, if the header does not name it')
    .option('--positive <word>', 'molecules: for two classes, the class whose probability is predicted')
    .addOption(
      new Option('--wanted <side>', 'molecules: preferred direction, used as the default of goals').choices([
        'higher',
        'lower',
      ]),
    )
    .option('--even-so', 'molecules: write the predictor even if its verdict is negative; its card says so');
}

export async function trainMolecules(rdkit: Rdkit, file: string, options: MoleculeOptions): Promise<void> {
  const { column, out, task, transform, unit, positive, sheet, structure, json } = options;
  const terminal = openTerminal();
  endOnSignals('Stopped. Nothing was written.');
  const started = performance.now();
  const table = await openUserTable(rdkit, file, { sheet });
  terminal.note(tableLine(table));
  const data = readMoleculeTable(rdkit, table, {
    column: column[0],
    structure,
    task: { kind: task, transform, unit, positive },
  });
  for (const line of [...data.notes, ...rowLines(data.report, data.task, placeWord(table.format))]) terminal.note(line);
  const training = await trained(terminal, (watch) =>
    trainMoleculeTable(
      table,
      data,
      {
        seed: options.seed,
        wanted: options.wanted ?? wantedOf(data.task.name),
        epochs: options.epochs,
        workers: options.threads,
      },
      watch,
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  const isWritten = training.verdict.tier !== 'refused' || options.evenSo === true;
  if (isWritten) writeWhole(out, writeUserPredictor(training.predictor));
  if (json)
    terminal.json({
      out: isWritten ? out : null,
      seconds,
      task: data.task,
      rows: data.report,
      figures: training.figures,
      verdict: training.verdict,
    });
  else finish(training, { out, isWritten, seconds }, terminal);
  if (!isWritten) process.exitCode = 1;
}

async function trained(
  terminal: Terminal,
  train: (watch: Parameters<typeof trainMoleculeTable>[3]) => Promise<UserPredictorTraining>,
): Promise<UserPredictorTraining> {
  const started = performance.now();
  try {
    return await train({
      onProgress: (share) => {
        const left = secondsLeft((performance.now() - started) / 1000, share);
        terminal.progress(share, left === null ? 'training' : `training, about ${duration(left)} left`);
      },
    });
  } finally {
    terminal.endProgress();
  }
}

function finish(
  { figures, verdict }: UserPredictorTraining,
  { out, isWritten, seconds }: { readonly out: string; readonly isWritten: boolean; readonly seconds: number },
  terminal: Terminal,
): void {
  for (const line of figureLines(figures)) terminal.out(line);
  terminal.out(verdict.text);
  for (const reason of verdict.reasons) terminal.out(`  ${reason}`);
  terminal.out(
    isWritten
      ? `${out} is written, after ${duration(seconds)}.`
      : `${out} was not written. Use --even-so to write it; its card will contain this verdict.`,
  );
}
