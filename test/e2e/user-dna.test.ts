/**
 * @file A DNA predictor from a table and a FASTA file, in a real browser with a real host: inspect, train, judge,
 * store, use as a goal of a DNA design.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { randomStream } from '../../engine/generator/random.ts';
import { expectAccessible, type Lab, openLab } from './harness.ts';

const data = mkdtempSync(join(tmpdir(), 'amalgam-e2e-data-'));
const random = randomStream(3);
const draw = (length: number) => Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');
/** Forty sequences whose activity is their number of TATA boxes, with noise. */
const oligos = Array.from({ length: 40 }, (_, i) => ({
  name: `oligo-${i}`,
  sequence: i % 2 ? draw(40) : `${draw(12)}TATAAA${draw(22)}`,
  activity: (i % 2 ? 0 : 2) + 0.1 * random.normal(),
}));
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const table = file(
  'mpra.csv',
  `oligo,activity (log2)\n${oligos.map(({ name, activity }) => `${name},${activity.toFixed(3)}`).join('\n')}\n`,
);
const fasta = file('oligos.fasta', oligos.map(({ name, sequence }) => `>${name}\n${sequence}\n`).join(''));
let lab: Lab;

beforeAll(async () => {
  vi.stubEnv('XDG_DATA_HOME', data);
  lab = await openLab();
  await lab.page.goto(`${lab.host.address}#/models/train`);
});
afterAll(async () => {
  await lab.close();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

describe('a DNA predictor', () => {
  it('needs the table first, then the sequences that it names', async () => {
    const { page } = lab;
    const chooser = page.getByLabel('Table', { exact: true });
    await chooser.setInputFiles(fasta);
    await page
      .getByText('“oligos.fasta” has only sequences. Choose the table of measurements first, then this file.')
      .waitFor();
    await chooser.setInputFiles(table);
    await page.getByText(/^No column contains molecules or DNA\./).waitFor();
    await chooser.setInputFiles(fasta);
    await page
      .getByText('The sequences come from oligos.fasta, matched by the names in "oligo".')
      .first()
      .waitFor({ timeout: 120_000 });
    await page.getByText(/^40 rows: 40 different sequences with a value of activity \(log2\)/).waitFor();
    await page.getByText('A sequence and its reverse complement count as the same.').waitFor();
    await expectAccessible(page);
  });

  it('is trained, and judged on held-out families', async () => {
    const { page } = lab;
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('heading', { name: 'Reliability' }).waitFor({ timeout: 240_000 });
    await page.getByText(/^Predicts unseen families with R2/).waitFor();
    await expectAccessible(page);
  });

  it('is stored, and then is a goal of a DNA design', async () => {
    const { page } = lab;
    await page.getByLabel('Name', { exact: true }).fill('boxes');
    await page.getByRole('button', { name: /^Keep/ }).click();
    await page.getByText('Kept as').waitFor();
    await page.goto(`${lab.host.address}#/new`);
    await page.getByRole('radiogroup', { name: 'What to design' }).getByText('DNA').click();
    await page.getByLabel('Name', { exact: true }).fill('Boxes');
    await page.getByRole('button', { name: 'Add a goal' }).click();
    await page.getByPlaceholder(/^Search in plain words/).fill('own predictor');
    await page.getByText('Your predictor', { exact: true }).click();
    await page.getByRole('combobox', { name: 'model' }).selectOption({ label: 'boxes: activity (log2)' });
    await page.getByText('Ready to run.').waitFor({ timeout: 120_000 });
    await expectAccessible(page);
    expect(lab.complaints).toEqual([]);
  });
});
