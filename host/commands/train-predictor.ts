/** amalgam train-predictor: a predictor of what was measured, from a table of molecules or DNA. */
import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { taskKinds } from '../../engine/learn/own/task.ts';
import { transformIds } from '../../engine/learn/own/units.ts';
import type { Domain } from '../../engine/objectives/types.ts';
import { loadRdkitFromDisk } from '../chemistry.ts';
import { isFasta } from '../lines.ts';
import { domainOf } from '../own-data.ts';
import { gathered, seed, wholeNumber } from './options.ts';
import { trainDna, withDnaOptions, type DnaOptions } from './train-dna.ts';
import { trainMolecules, withMoleculeOptions, type MoleculeOptions } from './train-molecules.ts';

type Options = DnaOptions & MoleculeOptions & { readonly domain?: Domain };

export function addTrainPredictor(program: Command): void {
  const command = program
    .command('train-predictor')
    .description('Train a predictor of what you measured, from a table of molecules or DNA, and say how far it can be trusted.')
    .argument('<data>', 'table with a column of SMILES or DNA and columns of values: CSV, TSV, semicolons (.gz too), XLSX, SDF')
    .requiredOption('--column <name>', 'column to predict; for DNA it may be given again', gathered)
    .requiredOption('--out <file>', 'predictor to write (.safetensors)')
    .option('--structure <name>', 'column of the SMILES or DNA; found where left out')
    .option('--sheet <name>', 'sheet of an .xlsx file; the first where left out')
    .addOption(new Option('--domain <domain>', 'what the table holds; found where left out').choices(['molecule', 'dna']))
    .option('--epochs <count>', 'passes over the data; chosen by their size, for DNA 20', wholeNumber(1, 10_000))
    .option('--seed <number>', 'one seed gives one result', seed, 1)
    .option('--threads <count>', 'for DNA part of what makes a result reproducible', wholeNumber(1, 256), Math.min(4, availableParallelism()))
    .option('--json', 'print the result as JSON');
  withDnaOptions(withMoleculeOptions(command, taskKinds, transformIds)).action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const rdkit = await loadRdkitFromDisk();
  const domain = options.domain ?? (isFasta(file) ? 'dna' : await domainOf(rdkit, file, options));
  await (domain === 'dna' ? trainDna(file, options) : trainMolecules(rdkit, file, options));
}
