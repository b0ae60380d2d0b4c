/** @file A table of measurements and a trained predictor, made by hand, for tests of the interface. */
import type { TableInfo, TableReport, TrainingReport } from '../../contract/api.ts';

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

export const trainingReport: TrainingReport = {
  task: tableReport.task,
  rows: tableReport.rows,
  verdict: { tier: 'soft', text: 'Predicts unseen scaffolds with R2 0.55: usable as a soft goal.', reasons: [] },
  figures: {
    columns: ['R2', 'Mean error', 'Root mean square error', 'Rank correlation'],
    rows: [
      { name: 'This predictor', values: [0.55, 0.52, 0.71, 0.74] },
      { name: 'Its network alone', values: [0.52, 0.54, 0.73, 0.72] },
      { name: 'Its linear part alone', values: [0.5, 0.55, 0.75, 0.71] },
      { name: 'Always the mean', values: [-0.02, 0.88, 1.06, null] },
    ],
  },
  remarks: [
    'On 741 molecules whose scaffolds were held out, in 5 folds.',
    'R2 may be 0.48 to 0.61 by chance of which scaffolds are held out; by fold it is 0.58, 0.49, 0.56, 0.51, 0.60.',
    '90% of the measurements lie within the 90% error bars.',
  ],
  points: Array.from({ length: 240 }, (_, i) => {
    const measured = 4 + (5 * ((i * 37) % 240)) / 240;
    return {
      text: 'CCOc1ccccc1',
      line: i + 2,
      measured,
      predicted: 6.5 + 0.7 * (measured - 6.5) + 0.8 * Math.sin(i * 1.7),
      error: 0.7,
    };
  }),
  reliability: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((expected) => ({
    expected,
    observed: Math.min(1, expected + 0.04 * Math.sin(9 * expected)),
    count: 741,
  })),
  seconds: 34.2,
};
