/** @file A table of measurements, made by hand, for tests of the interface. */
import type { TableInfo, TableReport } from '../../contract/api.ts';

export const table: TableInfo = {
  name: 'kinase.csv',
  format: 'parted by semicolons',
  rows: 812,
  columns: [
    { name: 'id', kind: 'text', unit: '', filled: 812, examples: ['KX-001', 'KX-002', 'KX-003'] },
    { name: 'SMILES', kind: 'structure', unit: '', filled: 812, examples: ['CCOc1ccccc1', 'CC(=O)Nc1ccc(O)cc1'] },
    { name: 'IC50 (nM)', kind: 'numbers', unit: 'nM', filled: 790, examples: ['12,5', '>10000', '340'] },
    { name: 'outcome', kind: 'classes', unit: '', filled: 812, examples: ['active', 'inactive'] },
  ],
  modality: 'molecule',
  structure: 'SMILES',
  column: 'IC50 (nM)',
  notes: ['Two columns are called "batch"; the one further right is "batch (2)" here.'],
};

export const tableReport: TableReport = {
  task: { kind: 'regression', name: 'pIC50', unit: '-log10(M)', transform: 'p', measuredUnit: 'nM', wanted: 'higher' },
  kept: 741,
  notes: [
    'IC50 is a concentration in nM over 4.6 powers of ten. The model will learn pIC50, -log10 of it in mol/L, so that higher is stronger.',
  ],
  rows: [
    '812 rows: 741 different molecules with a value of pIC50 (-log10(M)).',
    '22 rows have no value.',
    '2 structures cannot be read: line 14 "C1CC": not a valid molecule: unclosed ring; line 90: no structure.',
    '47 rows hold a molecule of another row: the median of their values is learnt.',
  ],
};
