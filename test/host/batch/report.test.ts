/** @file The report of a batch: what it shows, in which order, and that hostile names stay text. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { seedMean } from '../../../engine/learn/statistics.ts';
import type { RunStatus } from '../../../host/batch/folder.ts';
import { batchReport } from '../../../host/batch/report/report.ts';
import { summaryText } from '../../../host/batch/summary.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

const hostile = 'Leads </style><script>alert(1)</script> "x"';

function finished(seed: number, merges: number, total: number): RunStatus {
  return {
    run: { id: `id${merges}${seed}`, design: hostile, seed, varied: { 'run.merge_every': merges }, sequences: 10 },
    ...{ state: 'finished', error: null, round: 2, rounds: 2, seconds: 3.4, secondsLeft: null, amalgam: '0.0.0' },
    result: {
      ...{ modality: 'molecule', scored: 10, candidates: 8, valid: 0.9, unique: 1, total, hypervolume: 0.25 },
      goals: [{ name: 'qed', label: 'QED', mean: total, raw: 0.5 }],
      totals: [0.1, 0.2, total],
      best: { sequence: seed === 1 ? 'CCO' : 'CCN', total: total + 0.1 },
      generator: { name: 'tiny', key: 'ab'.repeat(32) },
      predictors: '',
    },
  };
}

const failed: RunStatus = {
  run: { id: 'idfailed', design: 'Broken', seed: 1, varied: {}, sequences: 10 },
  ...{ state: 'failed', error: 'The disk is full, "all" of it.', round: 1, rounds: 2, seconds: 1, secondsLeft: null },
  ...{ amalgam: '0.0.0', result: null },
};
const all = [finished(1, 1, 0.4), finished(2, 1, 0.6), finished(1, 4, 0.7), failed];

describe('the report', () => {
  const page = () => batchReport(all, rdkit);

  it('begins with the failures', () => {
    const titles = [...page().matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Failures',
      'Results',
      'Mean total with its 95% interval over seeds',
      'Mean total during the runs',
      'Varied settings and total',
      'Best structures',
      'How this was made',
    ]);
    expect(page()).toContain('The disk is full, &quot;all&quot; of it.');
  });

  it('shows means with intervals over seeds', () => {
    // Two seeds, 0.4 and 0.6: 0.5 with 12.706 * sqrt(0.02 / 2), Student's t.
    expect(page()).toContain('<td>0.500 ± 1.271</td>');
    expect(page()).toContain('<td>0.700</td>');
    expect(page()).toContain('1 of 1');
  });

  it('draws a line per run over its settings, a curve per design and the best structure of each', () => {
    expect(page().match(/<polyline /g)).toHaveLength(3);
    expect(page().match(/<path d="M/g)).toHaveLength(2);
    expect(page().match(/<img class="picture"/g)).toHaveLength(2);
    expect(page()).toContain('<td>CCN</td>');
  });

  it('needs nothing beyond itself, and executes nothing', () => {
    expect(page()).not.toMatch(/<script|<\/style><|(?:src|href)="(?!data:)/);
    expect(page()).toContain('Leads &lt;/style&gt;&lt;script&gt;');
  });

  it('has no plots where nothing is finished', () => {
    const titles = [...batchReport([failed], rdkit).matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual(['Failures', 'Results', 'How this was made']);
  });
});

it('the summary has the columns of all designs, empty where a run has none', () => {
  const [header, first, , , last] = summaryText(all)
    .split('\r\n')
    .map((line) => line.split(','));
  expect(header.slice(0, 8)).toEqual([
    'id',
    'design',
    'seed',
    'run.merge_every',
    'state',
    'error',
    'seconds',
    'scored',
  ]);
  expect(first[0]).toBe('id11');
  expect(last.slice(0, 5)).toEqual(['idfailed', 'Broken', '1', '', 'failed']);
});

describe('a mean over seeds', () => {
  it('skips missing values and has no interval for one', () => {
    expect(seedMean([null, 0.5, null])).toEqual({ mean: 0.5, half: null });
    expect(seedMean([null])).toBeNull();
    // Student's t with 2 degrees of freedom: 4.303 * sqrt(1 / 3).
    expect(seedMean([1, 2, 3])?.half).toBeCloseTo(2.4843, 4);
  });
});
