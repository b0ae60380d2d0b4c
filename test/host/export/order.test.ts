/** @file Order sheets: what a supplier asks for, beside columns to fill in. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { orderText } from '../../../host/export/order.ts';
import { exportTable } from './export-table.ts';

test('molecules have InChIKey, formula and weight', async () => {
  const table = exportTable('molecule', ['CC(=O)Oc1ccccc1C(=O)O', 'CN1C=NC2=C1C(=O)N(C(=O)N2C)C', 'CCO']);
  const rows = parse(orderText(table, await loadRdkitFromDisk()), { columns: true });
  // Aspirin and caffeine; PubChem 2244 and 2519.
  expect(rows.slice(0, 2)).toEqual([
    {
      name: 'run4-11',
      smiles: 'CC(=O)Oc1ccccc1C(=O)O',
      inchikey: 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N',
      formula: 'C9H8O4',
      'molecular weight [g/mol]': '180.16',
      'amount [mg]': '',
      'minimum purity [%]': '',
      remarks: '',
    },
    {
      name: 'run4-12',
      smiles: 'CN1C=NC2=C1C(=O)N(C(=O)N2C)C',
      inchikey: 'RYYVLZVUVIJVGH-UHFFFAOYSA-N',
      formula: 'C8H10N4O2',
      'molecular weight [g/mol]': '194.19',
      'amount [mg]': '',
      'minimum purity [%]': '',
      remarks: '',
    },
  ]);
});

test('DNA has length and GC', async () => {
  const rows: Record<string, string>[] = parse(
    orderText(exportTable('dna', ['ACGT', 'GGCC', 'AATAT']), await loadRdkitFromDisk()),
    { columns: true },
  );
  expect(rows.map((row) => [row.sequence, row['length [bases]'], row['GC [%]']])).toEqual([
    ['ACGT', '4', '50'],
    ['GGCC', '4', '100'],
    ['AATAT', '5', '0'],
  ]);
});

test('a molecule that can no longer be read is an error and not omitted', async () => {
  const rdkit = await loadRdkitFromDisk();
  expect(() => orderText(exportTable('molecule', ['CCO', 'C1CC', 'CC']), rdkit)).toThrow(
    'The stored molecule C1CC can no longer be read.',
  );
});
