/** @file A file of molecules and a generator adapted to it, made by hand, for tests of the interface. */
import type { AdaptationReport, SequencesInfo } from '../../contract/api.ts';

export const sequencesInfo: SequencesInfo = {
  name: 'series.smi',
  prior: 'druglike',
  modality: 'molecule',
  format: 'a molecule a line',
  kept: 741,
  lines: [
    '812 read: 741 different molecules to learn from.',
    '2 cannot be read: line 14 "C1CC": not a valid molecule: unclosed ring; line 90: no structure.',
    'Of 31 only the largest fragment is kept, without salts and solvents.',
    '38 repeat an earlier one.',
  ],
  examples: ['CCOc1ccccc1', 'CC(=O)Nc1ccc(O)cc1', 'CN1CCCC1'],
  passes: 8,
};

export const adaptationReport: AdaptationReport = {
  verdict: {
    tier: 'good',
    text: 'It writes in the manner of your molecules, and new ones: 12.0% of its molecules are yours.',
    reasons: [
      'Held-out molecules: loss 0.620 nats per token before, 0.412 after 6 passes over the data (lower is better; the generator of that moment is the one here).',
    ],
  },
  curve: [
    { pass: 0, train: null, validation: 0.62 },
    ...[0.52, 0.47, 0.44, 0.425, 0.415, 0.412, 0.413, 0.414].map((validation, i) => ({
      pass: i + 1,
      train: 0.55 - 0.03 * i,
      validation,
    })),
  ],
  memory: { sampled: 1000, valid: 0.93, unique: 0.98, trained: 0.12, heldOut: 0.01 },
  lines: sequencesInfo.lines,
  examples: ['CCOc1ccc(C)cc1', 'CCN1CCCC1'],
  seconds: 71,
};
