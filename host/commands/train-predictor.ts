/** amalgam train-predictor: a predictor of what was measured, from a table of molecules or DNA. */
import { type Command, Option } from 'commander';
import type { Modality } from '../../engine/base/modality.ts';
import { taskKinds } from '../../engine/learn/user-predictor/task.ts';
import { transformIds } from '../../engine/learn/user-predictor/units.ts';
import { InputError } from '../base/errors.ts';
import { usualThreads } from '../base/usual-threads.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { isFasta } from '../intake/lines.ts';
import { keptPredictorFile } from '../models/predictors.ts';
import { DNA_THREADS } from '../training/dna-training.ts';
import { modalityOf } from '../training/molecule-table.ts';
import { gathered, seed, wholeNumber } from './options.ts';
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
  const command = program
    .command('train-predictor')
    .description(
      'Train a predictor of what you measured, from a table of molecules or DNA, and say how far it can be trusted.',
    )
    .argument(
      '<data>',
      'table with a column of SMILES or DNA and columns of values: CSV, TSV, semicolons (.gz too), XLSX, SDF',
    )
    .requiredOption('--column <name>', 'column to predict; given again, the columns are learnt together', gathered)
    .option('--out <file>', 'predictor to write (.safetensors)')
    .option('--keep <name>', 'keep it under this name among your own models instead: designs can then name it')
    .option('--structure <name>', 'column of the SMILES or DNA; found where left out')
    .option('--sheet <name>', 'sheet of an .xlsx file; the first where left out')
    .addOption(
      new Option('--modality <modality>', 'what the table holds; found where left out').choices(['molecule', 'dna']),
    )
    .option('--epochs <count>', 'passes over the data; chosen by their size, for DNA 20', wholeNumber(1, 10_000))
    .option('--seed <number>', 'one seed gives one result', seed, 1)
    .option(
      '--threads <count>',
      '1 for DNA, otherwise up to 4; for DNA and several columns part of what makes a result reproducible',
      wholeNumber(1, 256),
    )
    .option('--json', 'print the result as JSON');
  withDnaOptions(withJointOptions(withMoleculeOptions(command, taskKinds, transformIds))).action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const out = fileFor(options);
  if (isFasta(file))
    throw new InputError(
      `${file} has sequences alone. Give the table of what was measured, and this file with --fasta.`,
    );
  const rdkit = await loadRdkitFromDisk();
  const modality = options.modality ?? (options.fasta === undefined ? await modalityOf(rdkit, file, options) : 'dna');
  if (modality === 'dna') return trainDna(file, { ...options, threads: options.threads ?? DNA_THREADS, out });
  const molecules = { ...options, threads: options.threads ?? usualThreads(), out };
  await (options.column.length > 1 ? trainSeveral(rdkit, file, molecules) : trainMolecules(rdkit, file, molecules));
}

/** @throws InputError where both or neither say where it is to be written, or the name is none */
function fileFor({ out, keep }: Pick<Options, 'out' | 'keep'>): string {
  if ((out === undefined) === (keep === undefined))
    throw new InputError('Give --out or --keep, one of them, to say where the predictor is to be written.');
  return out ?? keptPredictorFile(keep!);
}
