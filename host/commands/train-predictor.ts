/** amalgam train-predictor: trains a predictor on measurements of molecules or DNA. */
import { type Command, Option } from 'commander';
import type { Modality } from '../../engine/base/modality.ts';
import { taskKinds } from '../../engine/learn/user-predictor/task.ts';
import { transformIds } from '../../engine/learn/user-predictor/units.ts';
import { InputError } from '../base/errors.ts';
import { usualThreads } from '../base/usual-threads.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { isFasta } from '../intake/source.ts';
import { keptPredictorFile } from '../models/predictors.ts';
import { DNA_THREADS } from '../training/dna-training.ts';
import { modalityOf } from '../training/molecule-table.ts';
import { gathered, seed, wholeNumber, withUnusedWorkspace } from './options.ts';
import { type DnaOptions, trainDna, withDnaOptions } from './train-dna.ts';
import { type JointOptions, trainSeveral, withJointOptions } from './train-joint.ts';
import { type MoleculeOptions, trainMolecules, withMoleculeOptions } from './train-molecules.ts';

type Options = Omit<DnaOptions & MoleculeOptions & JointOptions, 'out' | 'threads'> & {
  readonly modality?: Modality;
  readonly threads?: number;
  readonly out?: string;
  readonly keep?: string;
};

export function addTrainPredictor(program: Command): void {
  const command = withUnusedWorkspace(program.command('train-predictor'))
    .description(
      'Train a predictor on a table of your measurements of molecules or DNA, and report how reliable it is.',
    )
    .argument(
      '<data>',
      'table with a column of SMILES or DNA and columns of values: CSV, TSV or semicolon-separated (also .gz), XLSX, SDF',
    )
    .requiredOption('--column <name>', 'column to predict; repeat to learn several columns together', gathered)
    .option('--out <file>', 'output file (.safetensors)')
    .option('--keep <name>', 'instead of --out: keep it under this name among your models, for use in designs')
    .option('--structure <name>', 'column of the SMILES or DNA (default: detected)')
    .option('--sheet <name>', 'sheet of an .xlsx file (default: the first)')
    .addOption(
      new Option('--modality <modality>', 'what the table contains (default: detected)').choices(['molecule', 'dna']),
    )
    .option(
      '--epochs <count>',
      'passes over the data (default: depends on their size; 20 for DNA)',
      wholeNumber(1, 10_000),
    )
    .option('--seed <number>', 'random seed; the same seed gives the same result', seed, 1)
    .option(
      '--threads <count>',
      'CPU threads (default: 1 for DNA, otherwise up to 4); for DNA and several columns, results depend on their number',
      wholeNumber(1, 256),
    )
    .option('--json', 'print the result as JSON');
  withDnaOptions(withJointOptions(withMoleculeOptions(command, taskKinds, transformIds))).action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const out = fileFor(options);
  if (isFasta(file))
    throw new InputError(
      `${file} contains only sequences. Give the table of measurements, and this file with --fasta.`,
    );
  const rdkit = await loadRdkitFromDisk();
  const modality = options.modality ?? (options.fasta === undefined ? await modalityOf(rdkit, file, options) : 'dna');
  if (modality === 'dna') return trainDna(file, { ...options, threads: options.threads ?? DNA_THREADS, out });
  const molecules = { ...options, threads: options.threads ?? usualThreads(), out };
  await (options.column.length > 1 ? trainSeveral(rdkit, file, molecules) : trainMolecules(rdkit, file, molecules));
}

/** @throws InputError if both options or neither are given, or the name is invalid */
function fileFor({ out, keep }: Pick<Options, 'out' | 'keep'>): string {
  if ((out === undefined) === (keep === undefined))
    throw new InputError('Give either --out or --keep for the predictor.');
  return out ?? keptPredictorFile(keep!);
}
