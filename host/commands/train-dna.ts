/** amalgam train-predictor for DNA. After an interruption, --resume continues the training. */
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { mergeMeasurements, splitByFamily } from '../../engine/learn/predictor-data.ts';
import { assemblePredictor, type TaskReport } from '../../engine/learn/predictor-report.ts';
import type { PredictorOrigin } from '../../engine/learn/predictor-state.ts';
import {
  FRESH_TRAINING,
  type PredictorSettings,
  type PredictorTrainingState,
  scalesOf,
  type TrainingSet,
  trainPredictor,
} from '../../engine/learn/predictor-training.ts';
import { writePredictor } from '../../engine/predictor/sequence/checkpoint.ts';
import { type ChoosableDevice, deviceIds } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { secondsAtPace } from '../base/time-left.ts';
import { writeWhole } from '../base/write-whole.ts';
import { readMeasuredTable } from '../training/dna-table.ts';
import { realNumber, wholeNumber } from './options.ts';
import { openForUse } from './sample.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';
import { savedState, trainWithState } from './training-state.ts';

/** The help shows the default as it is typed, such as 4,2,2. */
function listOption(flags: string, description: string, usual: readonly number[]): Option {
  return new Option(flags, description).argParser(wholeNumbers).default([...usual], usual.join(','));
}

/** Options of the networks, in the order of the help. */
export function withDnaOptions(command: Command): Command {
  return command
    .option('--fasta <file>', 'DNA: file with the sequences, if the table has only their names')
    .option('--resume', 'DNA and several columns: continue from the state beside --out')
    .option('--one-strand', 'DNA: the strand matters, e.g. for promoters (default: both strands have the same value)')
    .addOption(listOption('--widths <list>', 'DNA: number of filters of each convolution', [48, 64, 96]))
    .addOption(listOption('--kernels <list>', 'DNA: kernel size of each convolution in bases; odd numbers', [11, 5, 5]))
    .addOption(listOption('--pools <list>', 'DNA: pooling size after each convolution', [4, 2, 2]))
    .option('--hidden <count>', "DNA: width of the head's hidden layer", wholeNumber(1, 4096), 128)
    .option(
      '--members <count>',
      'DNA and several columns: size of the ensemble; its mean is the prediction, its spread part of the error',
      wholeNumber(1, 64),
      3,
    )
    .option('--batch <count>', 'DNA and several columns: batch size', wholeNumber(1, 4096), 64)
    .option(
      '--learning-rate <number>',
      'DNA and several columns: peak learning rate (default: 0.005 for DNA, 0.001 for molecules)',
      realNumber(1e-6, 1),
    )
    .option(
      '--weight-decay <number>',
      'DNA and several columns: weight decay, as a factor of the learning rate',
      realNumber(0, 10),
      0.02,
    )
    .option('--dropout <number>', "DNA: dropout of the head's inputs", realNumber(0, 0.9), 0.1)
    .addOption(
      new Option('--device <device>', 'DNA and several columns: compute device').choices([...deviceIds]).default('cpu'),
    );
}

export interface DnaOptions {
  readonly column: string[];
  readonly out: string;
  readonly structure?: string;
  readonly sheet?: string;
  readonly fasta?: string;
  readonly resume?: boolean;
  readonly oneStrand?: boolean;
  readonly widths: number[];
  readonly kernels: number[];
  readonly pools: number[];
  readonly hidden: number;
  readonly members: number;
  readonly epochs?: number;
  readonly batch: number;
  readonly learningRate?: number;
  readonly weightDecay: number;
  readonly dropout: number;
  readonly seed: number;
  readonly threads: number;
  readonly device: ChoosableDevice;
  readonly json?: boolean;
}

const EPOCHS = 20;
const LEARNING_RATE = 5e-3;

/** @throws InvalidArgumentError if a part of the list is not a whole number */
function wholeNumbers(text: string): number[] {
  return text.split(',').map((part) => wholeNumber(1, 4096)(part.trim()));
}

export async function trainDna(file: string, options: DnaOptions): Promise<void> {
  const terminal = openTerminal();
  terminal.note(`Reading ${file} ...`);
  const table = await readMeasuredTable(file, options.column, options, (note) => terminal.note(note));
  const data = mergeMeasurements(table, !options.oneStrand);
  const folds = splitByFamily(data.sequences, options.seed);
  const set: TrainingSet = { data, folds, scales: scales(data, folds) };
  terminal.note(
    `${table.sequences.length} rows, ${data.sequences.length} different sequences: ${folds.training.length} for training, ${folds.validation.length} for validation, ${folds.test.length} for testing.`,
  );
  const settings = settingsOf(options, longest(data.sequences));
  const origin: PredictorOrigin = { settings, dataHash: sha256(readFileSync(file)), columns: options.column };
  const stateFile = `${options.out}.state`;
  const from = options.resume ? savedState(stateFile, origin) : FRESH_TRAINING;
  const device = openForUse(options.device, options.threads);
  const started = performance.now();
  const state = await train({ set, origin, from, stateFile, terminal }, device);
  if (state.finished.length < settings.members) return paused(file, options, terminal);
  const history = {
    data: basename(file),
    dataSha256: origin.dataHash,
    settings,
    curve: state.curve,
    software: version,
  };
  const { predictor, reports } = await assemblePredictor(
    set,
    settings,
    options.column,
    state.finished,
    device,
    history,
  );
  writeWhole(options.out, writePredictor(predictor, 'F16'));
  rmSync(stateFile, { force: true });
  finish(reports, options, (performance.now() - started) / 1000, terminal);
}

function longest(sequences: readonly string[]): number {
  return sequences.reduce((most, { length }) => Math.max(most, length), 0);
}

function scales(...of: Parameters<typeof scalesOf>): TrainingSet['scales'] {
  try {
    return scalesOf(...of);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}

function settingsOf(options: DnaOptions, length: number): PredictorSettings {
  const {
    widths,
    kernels,
    pools,
    hidden,
    members,
    epochs = EPOCHS,
    batch,
    learningRate = LEARNING_RATE,
    weightDecay,
    dropout,
    oneStrand,
  } = options;
  if (widths.length !== kernels.length || widths.length !== pools.length)
    throw new InputError(
      `--widths, --kernels and --pools name ${widths.length}, ${kernels.length} and ${pools.length} convolutions. All three must have the same length.`,
    );
  const even = kernels.find((kernel) => kernel % 2 === 0);
  if (even !== undefined) throw new InputError(`Kernel sizes must be odd; ${even} is not.`);
  const positions = pools.reduce((left, pool) => Math.floor(left / pool), length);
  if (positions < 1)
    throw new InputError(
      `--pools ${pools.join(',')} pools sequences of ${length} bases down to nothing. Use smaller numbers.`,
    );
  const blocks = widths.map((width, i) => ({ width, kernel: kernels[i], pool: pools[i] }));
  return {
    network: { length, blocks, hidden, outputs: options.column.length },
    members,
    epochs,
    batch,
    learningRate,
    weightDecay,
    dropout,
    bothStrands: !oneStrand,
    seed: options.seed,
  };
}

interface Training {
  readonly set: TrainingSet;
  readonly origin: PredictorOrigin;
  readonly from: PredictorTrainingState;
  readonly stateFile: string;
  readonly terminal: Terminal;
}

/** Trains to the end or until Ctrl-C; the state on disk is at most one epoch old. */
function train(
  { set, origin, from, stateFile, terminal }: Training,
  device: Parameters<typeof trainPredictor>[2],
): Promise<PredictorTrainingState> {
  const { members, epochs } = origin.settings;
  const before = from.finished.length * epochs + (from.current?.epoch ?? 0);
  const started = performance.now();
  return trainWithState({ origin, stateFile, terminal }, (observer) =>
    trainPredictor(
      set,
      origin.settings,
      device,
      {
        ...observer,
        onBatch({ member, epoch, batch, batches }) {
          const done = member * epochs + epoch + batch / batches;
          const left = secondsAtPace((performance.now() - started) / 1000, done - before, members * epochs - done);
          terminal.progress(
            done / (members * epochs),
            `network ${member + 1} of ${members}, pass ${epoch + 1} of ${epochs}, ${duration(left)} left`,
          );
        },
        onEpoch: ({ member, epoch, training, validation }) =>
          terminal.note(
            `Network ${member + 1}, pass ${epoch + 1}: training ${training.toFixed(4)}, validation ${validation.toFixed(4)} (mean squared error, standardised)`,
          ),
      },
      from,
    ),
  );
}

function paused(file: string, { out, json }: DnaOptions, terminal: Terminal): void {
  if (json) terminal.json({ out, finished: false });
  terminal.note(`Paused. To go on, give the same command for ${file} again with --resume.`);
}

function finish(reports: readonly TaskReport[], { out, json }: DnaOptions, seconds: number, terminal: Terminal): void {
  if (json) return terminal.json({ out, seconds, tasks: reports });
  terminal.out(`${out} is trained.`);
  for (const { name, validation, test } of reports) {
    terminal.out(
      `${name}: held-out correlation ${test.correlation.toFixed(3)} on ${test.count} sequences (${validation.correlation.toFixed(3)} on the validation set); ${(100 * test.coverage).toFixed(1)}% of them within 1.645 predicted errors.`,
    );
  }
}
