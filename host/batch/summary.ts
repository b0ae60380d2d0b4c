/** @file summary.csv: one row per run, with the columns that all designs of the batch need together. */
import { writeWhole } from '../base/write-whole.ts';
import type { Cell } from '../export/columns.ts';
import { csvLine } from '../export/csv.ts';
import type { BatchFolder, RunStatus } from './folder.ts';

interface Column {
  readonly name: string;
  readonly cell: (status: RunStatus) => Cell | undefined;
}

/** Values of varied settings that are lists stand in one cell. */
const text = (value: unknown): Cell =>
  Array.isArray(value)
    ? value.join(' ')
    : typeof value === 'number'
      ? value
      : value === undefined
        ? null
        : String(value);

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

export function variedNames(all: readonly RunStatus[]): string[] {
  return distinct(all.flatMap(({ run }) => Object.keys(run.varied)));
}

/** By name; designs of one batch may have different goals. */
export function goalNames(all: readonly RunStatus[]): string[] {
  return distinct(all.flatMap(({ result }) => result?.goals.map(({ name }) => name) ?? []));
}

function columnsOf(all: readonly RunStatus[]): Column[] {
  const goals = goalNames(all);
  const goal = ({ result }: RunStatus, name: string) => result?.goals.find((one) => one.name === name);
  return [
    { name: 'id', cell: ({ run }) => run.id },
    { name: 'design', cell: ({ run }) => run.design },
    { name: 'seed', cell: ({ run }) => run.seed },
    ...variedNames(all).map((name): Column => ({ name, cell: ({ run }) => text(run.varied[name]) })),
    { name: 'state', cell: ({ state }) => state },
    { name: 'error', cell: ({ error }) => error },
    { name: 'seconds', cell: ({ seconds }) => Math.round(seconds) },
    { name: 'scored', cell: ({ result }) => result?.scored },
    { name: 'candidates', cell: ({ result }) => result?.candidates },
    { name: 'total', cell: ({ result }) => result?.total },
    ...goals.map((name): Column => ({ name, cell: (status) => goal(status, name)?.raw })),
    ...goals.map((name): Column => ({ name: `${name} score`, cell: (status) => goal(status, name)?.mean })),
    { name: 'valid', cell: ({ result }) => result?.valid },
    { name: 'unique', cell: ({ result }) => result?.unique },
    { name: 'hypervolume', cell: ({ result }) => result?.hypervolume },
    { name: 'best', cell: ({ result }) => result?.best?.sequence },
    { name: 'best total', cell: ({ result }) => result?.best?.total },
    { name: 'generator', cell: ({ result }) => result?.generator.name },
    { name: 'generator SHA-256', cell: ({ result }) => result?.generator.key },
    { name: 'predictors', cell: ({ result }) => result?.predictors },
    { name: 'amalgam', cell: ({ amalgam }) => amalgam },
  ];
}

export function summaryText(all: readonly RunStatus[]): string {
  const columns = columnsOf(all);
  const rows = all.map((status) => columns.map(({ cell }) => cell(status) ?? null));
  return [columns.map(({ name }) => name), ...rows].map(csvLine).join('');
}

/** @returns the file */
export function writeSummary(folder: BatchFolder, all: readonly RunStatus[]): string {
  const file = folder.file('summary.csv');
  writeWhole(file, Buffer.from(summaryText(all)));
  return file;
}
