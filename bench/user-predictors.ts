/**
 * Time that a user predictor takes, with its cross-validation. Each table is read and learnt as in the window, on two
 * threads. Processor time stands beside the time by the clock, because other processes hardly change it; a machine with
 * two free cores takes between half of it and all of it.
 * Usage: npm run bench -- user-predictors TABLE COLUMN [TABLE COLUMN ...]
 */
import { loadavg } from 'node:os';
import type { UserPredictorFigures } from '../engine/learn/user-predictor/assemble.ts';
import { loadRdkitFromDisk } from '../host/chemistry/chemistry.ts';
import { structureColumn, type Table } from '../host/intake/table.ts';
import { readDnaTable, trainDnaTable } from '../host/training/dna-training.ts';
import { openUserTable, readMoleculeTable } from '../host/training/molecule-table.ts';
import { trainMoleculeTable } from '../host/training/molecule-training.ts';

const seed = 1;
const wanted = 'higher';
const onProgress = (): void => undefined;
const rdkit = await loadRdkitFromDisk();

/** @returns the number of training rows, and the figures of the held-out ones */
async function learn(
  table: Table,
  column: string,
): Promise<{ readonly rows: number; readonly figures: UserPredictorFigures }> {
  if (structureColumn(table).modality === 'dna') {
    const data = readDnaTable(table, { column, task: {} });
    return {
      rows: data.sequences.length,
      figures: (await trainDnaTable(table, data, { seed, wanted, onProgress })).figures,
    };
  }
  const data = readMoleculeTable(rdkit, table, { column, task: {} });
  return {
    rows: data.molecules.length,
    figures: (await trainMoleculeTable(table, data, { seed, wanted, workers: 2 }, { onProgress })).figures,
  };
}

function said({ kind, model, network, linear }: UserPredictorFigures): string {
  return kind === 'regression'
    ? `R2 ${model.r2.toFixed(3)} (network ${network.r2.toFixed(3)}, linear ${linear.r2.toFixed(3)})`
    : `ROC area ${model.rocAuc?.toFixed(3)}`;
}

const words = process.argv.slice(2);
for (let i = 0; i + 1 < words.length; i += 2) {
  const [file, column] = words.slice(i);
  const [started, used] = [performance.now(), process.cpuUsage()];
  const { rows, figures } = await learn(await openUserTable(rdkit, file, {}), column);
  const { user, system } = process.cpuUsage(used);
  console.log(
    `${file}: ${rows} rows, ${((performance.now() - started) / 1000).toFixed(0)} s by the clock, ${((user + system) / 1e6).toFixed(0)} s of processors, a load of ${loadavg()[0].toFixed(1)}; held out: ${said(figures)}`,
  );
}
