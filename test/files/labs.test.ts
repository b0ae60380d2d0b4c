/**
 * @file Tables of measurements as labs write them. The values that must be learnt are computed in Python (make.py) from
 * the numbers that the tables were made of.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { TaskOptions } from '../../engine/learn/user-predictor/task.ts';
import { InputError } from '../../host/base/errors.ts';
import { loadRdkitFromDisk } from '../../host/chemistry/chemistry.ts';
import { type MoleculeTable, openUserTable, readMoleculeTable } from '../../host/training/molecule-table.ts';

interface Lab {
  readonly column: string;
  readonly options: TaskOptions;
  readonly sheet?: string;
  /** By canonical SMILES, on the learnt scale. */
  readonly values?: Readonly<Record<string, number>>;
  /** Molecules of which only a bound is known. */
  readonly bounds?: Readonly<Record<string, string>>;
  /** Lines that cannot be used, each with part of the reason. */
  readonly bad?: readonly (readonly [line: number, reason: string])[];
  readonly note?: string;
  readonly message?: string;
}

const folder = join(import.meta.dirname, 'labs');
const labs = JSON.parse(readFileSync(join(import.meta.dirname, 'labs.json'), 'utf8')) as Record<string, Lab>;
const learnt = Object.entries(labs).filter(([, { values }]) => values !== undefined);
const refused = Object.entries(labs).filter(([, { message }]) => message !== undefined);

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

async function read(file: string, { column, options, sheet }: Lab): Promise<MoleculeTable> {
  const table = await openUserTable(rdkit, join(folder, file), { sheet });
  return readMoleculeTable(rdkit, table, { column, task: options });
}

test('every table is listed', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(labs).sort());
});

describe('learns the values', () => {
  test.each(learnt)('%s', async (file, lab) => {
    const { molecules, report, notes } = await read(file, lab);
    const found = Object.fromEntries(molecules.map(({ smiles, value }) => [smiles, value]));
    expect(Object.keys(found).sort()).toEqual(Object.keys(lab.values!).sort());
    for (const [smiles, value] of Object.entries(lab.values!)) expect(found[smiles]).toBeCloseTo(value, 4);
    const bounds = molecules.filter(({ bound }) => bound !== 'exact').map(({ smiles, bound }) => [smiles, bound]);
    expect(Object.fromEntries(bounds)).toEqual(lab.bounds ?? {});
    expect(report.badValues.map(({ line, reason }) => [line, reason])).toEqual(lab.bad ?? []);
    expect(notes.join(' ')).toContain(lab.note ?? '');
  });
});

describe('is refused with the place and the way out', () => {
  test.each(refused)('%s', async (file, lab) => {
    const reading = read(file, lab);
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toThrow(new RegExp(lab.message!));
  });
});
