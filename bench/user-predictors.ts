/**
 * Time that a user predictor takes, with its cross-validation. Each table is read and learnt as in the window, on two
 * threads. Processor time stands beside the time by the clock, because other processes hardly change it; a machine with
 * two free cores takes between half of it and all of it.
 * Usage: npm run bench -- user-predictors TABLE COLUMN [TABLE COLUMN ...] [--out FILE.json]
 */
import { loadavg } from 'node:os';
import path from 'node:path';
import type { UserPredictorFigures } from '../engine/learn/user-predictor/assemble.ts';
import { loadRdkitFromDisk } from '../host/chemistry/chemistry.ts';
import { structureColumn, type Table } from '../host/intake/table.ts';
import { DNA_THREADS, readDnaTable, trainDnaTable } from '../host/training/dna-training.ts';
import { openUserTable, readMoleculeTable } from '../host/training/molecule-table.ts';
import { trainMoleculeTable } from '../host/training/molecule-training.ts';
import { record, rounded, words } from './record.ts';

const seed = 1;
const wanted = 'higher';
const WORKERS = 2;
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
    figures: (await trainMoleculeTable(table, data, { seed, wanted, workers: WORKERS }, { onProgress })).figures,
  };
}

function said({ kind, model, network, linear }: UserPredictorFigures): string {
  return kind === 'regression'
    ? `R2 ${model.r2.toFixed(3)} (network ${network.r2.toFixed(3)}, linear ${linear.r2.toFixed(3)})`
    : `ROC area ${model.rocAuc?.toFixed(3)}`;
}

const learnt: { label: string; cells: (number | null)[] }[] = [];
for (let i = 0; i + 1 < words.length; i += 2) {
  const [file, column] = words.slice(i);
  const [started, used] = [performance.now(), process.cpuUsage()];
  const table = await openUserTable(rdkit, file, {});
  const { rows, figures } = await learn(table, column);
  const { user, system } = process.cpuUsage(used);
  const [clock, processor] = [(performance.now() - started) / 1000, (user + system) / 1e6];
  learnt.push({
    label: `${path.basename(file)}, ${column}, ${rows.toLocaleString('en-US')} different`,
    cells: [
      structureColumn(table).modality === 'dna' ? DNA_THREADS : WORKERS,
      rounded(clock, 0),
      rounded(processor, 0),
      figures.kind === 'regression' ? rounded(figures.model.r2, 3) : null,
    ],
  });
  console.log(
    `${file}: ${rows} rows, ${clock.toFixed(0)} s by the clock, ${processor.toFixed(0)} s of processors, a load of ${loadavg()[0].toFixed(1)}; held out: ${said(figures)}`,
  );
}
record('user-predictors', {
  seeds: String(seed),
  conditions: 'One training after the other, each with its cross-validation.',
  units: 'seconds by the clock and of processor time; R2 of the held-out rows',
  tables: {
    thousand: {
      columns: [
        { label: '' },
        { label: 'threads' },
        { label: 'by the clock', unit: 's' },
        { label: 'processor time', unit: 's' },
        { label: 'held-out R2', digits: 3 },
      ],
      rows: learnt,
    },
  },
});
