/** amalgam train-predictor for several columns of molecules at once. After an interruption, --resume continues. */
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { gatherJoint, type JointMolecules } from '../../engine/learn/joint/molecules.ts';
import { assembleJoint, type JointFigures, type NamedQuantity } from '../../engine/learn/joint/report.ts';
import { type JointSet, prepareJoint, type SplitId, splitIds, splitMolecules } from '../../engine/learn/joint/set.ts';
import { epochsBefore, type JointSettings, trainJoint } from '../../engine/learn/joint/training.ts';
import type { PredictorOrigin } from '../../engine/learn/predictor-state.ts';
import { FRESH_TRAINING, type PredictorTrainingState } from '../../engine/learn/predictor-training.ts';
import { headerUnit } from '../../engine/learn/user-predictor/units.ts';
import { writeJointPredictor } from '../../engine/predictor/joint/checkpoint.ts';
import { ringAtoms } from '../../engine/predictor/molecule-features.ts';
import type { Device } from '../../engine/tensor/device.ts';
import { InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { secondsAtPace } from '../base/time-left.ts';
import { writeWhole } from '../base/write-whole.ts';
import { columnIndex } from '../intake/column-names.ts';
import { problemText } from '../intake/report.ts';
import { placeWord } from '../intake/rows.ts';
import { structureColumn, type Table } from '../intake/table.ts';
import { openUserTable } from '../training/molecule-table.ts';
import { wantedOf } from '../training/molecule-training.ts';
import { quantityText, tableLine } from '../training/report.ts';
import { wholeNumber } from './options.ts';
import { openForUse } from './sample.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';
import { savedState, trainWithState } from './training-state.ts';

/** Options of networks that predict several quantities. */
export function withJointOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--split <kind>', 'several columns of molecules: hold out whole scaffolds or random molecules')
        .choices(splitIds)
        .default('scaffold'),
    )
    .option(
      '--as-drawn',
      'several columns of molecules: use structures as drawn, with charges (default: the largest fragment, neutralised)',
    )
    .option('--width <count>', 'several columns of molecules: width of the bond messages', wholeNumber(1, 4096), 256)
    .option('--depth <count>', 'several columns of molecules: message-passing steps', wholeNumber(1, 12), 5)
    .option(
      '--more-epochs <count>',
      'several columns of molecules: passes of each further ensemble member, which starts from the one before',
      wholeNumber(1, 10_000),
      8,
    );
}

export interface JointOptions extends Partial<Record<(typeof ALONE)[number], unknown>> {
  readonly column: string[];
  readonly out: string;
  readonly structure?: string;
  readonly sheet?: string;
  readonly resume?: boolean;
  readonly split: SplitId;
  readonly asDrawn?: boolean;
  readonly width: number;
  readonly depth: number;
  readonly members: number;
  readonly epochs?: number;
  readonly moreEpochs: number;
  readonly batch: number;
  readonly learningRate?: number;
  readonly weightDecay: number;
  readonly seed: number;
  readonly threads: number;
  readonly device: Parameters<typeof openForUse>[0];
  readonly json?: boolean;
}

/** Options that apply to a single column only. */
const ALONE = ['task', 'transform', 'unit', 'positive', 'wanted', 'evenSo'] as const;
const LEARNING_RATE = 1e-3;

export async function trainSeveral(rdkit: Rdkit, file: string, options: JointOptions): Promise<void> {
  refuseAlone(options);
  const terminal = openTerminal();
  const table = await openUserTable(rdkit, file, { sheet: options.sheet });
  terminal.note(tableLine(table));
  const { data, named } = readColumns(rdkit, table, options, terminal);
  const folds = splitMolecules(data.molecules, options.split, options.seed);
  const set = prepared(data, folds, file);
  terminal.note(
    `${data.molecules.length} different molecules: ${folds.training.length} for training, ${folds.validation.length} for validation, ${folds.test.length} for testing.`,
  );
  const settings = settingsOf(options, data);
  const origin: PredictorOrigin<unknown> = {
    settings: { ...settings, split: options.split, asDrawn: options.asDrawn === true },
    dataHash: sha256(readFileSync(file)),
    columns: options.column,
  };
  const device = openForUse(options.device, options.threads);
  const started = performance.now();
  const state = await train(set, settings, { origin, options, terminal }, device);
  if (state.finished.length < settings.members)
    return terminal.note(`Paused. To go on, give the same command for ${file} again with --resume.`);
  const history = {
    data: basename(file),
    dataSha256: origin.dataHash,
    structure: table.columns[structureColumn(table, options.structure).index].name,
    settings: origin.settings,
    curve: state.curve,
    software: version,
  };
  const { predictor, figures } = await assembleJoint(set, settings, named, state.finished, device, history);
  writeWhole(options.out, writeJointPredictor(predictor));
  rmSync(`${options.out}.state`, { force: true });
  finish(figures, options, (performance.now() - started) / 1000, terminal);
}

function refuseAlone(options: JointOptions): void {
  const given = ALONE.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new InputError(
      `--${given === 'evenSo' ? 'even-so' : given} needs a single --column: several columns are learnt unchanged.`,
    );
}

/** @throws InputError for a column that is missing or not numeric */
function readColumns(
  rdkit: Rdkit,
  table: Table,
  { column, structure, asDrawn = false }: JointOptions,
  terminal: Terminal,
): { readonly data: JointMolecules; readonly named: NamedQuantity[] } {
  const { index } = structureColumn(table, structure);
  const places = column.map((name) => numbersAt(table, name));
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    structure: cells[index] ?? '',
    cells: places.map((place) => cells[place] ?? ''),
  }));
  const data = gatherJoint(
    rdkit,
    rows,
    { styles: places.map((place) => table.columns[place].style), asDrawn },
    (done) => terminal.progress(done / rows.length, 'reading molecules'),
  );
  terminal.endProgress();
  if (data.problems.length > 0)
    terminal.note(`Omitted rows: ${data.problems.length}. ${problemText(data.problems, placeWord(table.format))}.`);
  if (data.duplicates > 0)
    terminal.note(`Rows that hold a molecule of another row: ${data.duplicates}; the mean of their values is learnt.`);
  return {
    data,
    named: places.map((place) => ({
      ...headerUnit(table.columns[place].name),
      wanted: wantedOf(table.columns[place].name),
    })),
  };
}

function numbersAt({ columns, file }: Table, name: string): number {
  const place = columnIndex(columns, name, file);
  if (columns[place].kind !== 'numbers')
    throw new InputError(
      `${file}: the column "${columns[place].name}" holds ${columns[place].kind}. Columns can be learnt together only if all are numbers. Train on this one separately.`,
    );
  return place;
}

/** Networks of this size need at least this many molecules. */
const FEWEST = 200;

function prepared(data: JointMolecules, folds: JointSet['folds'], file: string): JointSet {
  if (data.molecules.length < FEWEST)
    throw new InputError(
      `${file} has ${data.molecules.length} different molecules. Learning several columns together needs ${FEWEST}. Use one --column at a time.`,
    );
  try {
    return prepareJoint(data, folds);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

/** More passes for small data. */
function epochsFor(molecules: number): number {
  return Math.round(Math.min(100, Math.max(30, 300_000 / molecules)));
}

function settingsOf(options: JointOptions, { molecules }: JointMolecules): JointSettings {
  const {
    width,
    depth,
    column,
    members,
    epochs = epochsFor(molecules.length),
    moreEpochs,
    batch,
    learningRate = LEARNING_RATE,
    weightDecay,
    seed,
  } = options;
  const atoms = molecules.reduce((sum, { graph }) => sum + graph.atoms, 0) / molecules.length;
  return {
    shape: { hidden: width, depth, headHidden: width, tasks: column.length, atomFeatures: ringAtoms.width },
    norm: Math.max(1, Math.round(atoms)),
    members,
    epochs,
    moreEpochs,
    batch,
    learningRate,
    weightDecay,
    seed,
  };
}

interface Kept {
  readonly origin: PredictorOrigin<unknown>;
  readonly options: JointOptions;
  readonly terminal: Terminal;
}

/** Trains to the end or until Ctrl-C; the state on disk is at most one epoch old. */
function train(
  { examples, folds }: JointSet,
  settings: JointSettings,
  { origin, options, terminal }: Kept,
  device: Device,
): Promise<PredictorTrainingState> {
  const stateFile = `${options.out}.state`;
  const from = options.resume ? savedState(stateFile, origin) : FRESH_TRAINING;
  const total = epochsBefore(settings, settings.members);
  const before = epochsBefore(settings, from.finished.length) + (from.current?.epoch ?? 0);
  const started = performance.now();
  return trainWithState({ origin, stateFile, terminal }, (observer) =>
    trainJoint(
      examples,
      folds,
      settings,
      device,
      {
        ...observer,
        onBatch({ member, epoch, batch, batches }) {
          const done = epochsBefore(settings, member) + epoch + batch / batches;
          const left = secondsAtPace((performance.now() - started) / 1000, done - before, total - done);
          terminal.progress(
            done / total,
            `network ${member + 1} of ${settings.members}, pass ${epoch + 1} of ${member === 0 ? settings.epochs : settings.moreEpochs}, ${duration(left)} left`,
          );
        },
        onEpoch: ({ member, epoch, training, validation }) =>
          terminal.note(
            `Network ${member + 1}, pass ${epoch + 1}: training ${training.toFixed(4)}, validation ${validation.toFixed(4)} (mean absolute error, standardised)`,
          ),
      },
      from,
    ),
  );
}

function finish(
  figures: readonly JointFigures[],
  { out, json }: JointOptions,
  seconds: number,
  terminal: Terminal,
): void {
  if (json) return terminal.json({ out, seconds, figures });
  terminal.out(`${out} is trained, after ${duration(seconds)}.`);
  for (const { name, unit, count, mae, rmse, r2, coverage, additiveMae } of figures) {
    terminal.out(
      `${quantityText({ name, unit })}: mean error ${short(mae)} on ${count} held-out molecules (${short(additiveMae)} for the additive part alone), root mean square ${short(rmse)}, R2 ${r2.toFixed(4)}; ${(100 * coverage).toFixed(1)}% of them within 1.645 predicted errors.`,
    );
  }
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
