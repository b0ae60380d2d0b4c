/** @file DNA in the real interface, with a real host that trains: the form, a run, sequences, steering, FASTA. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, type Lab, openLab } from './harness.ts';

const designName = 'Small enhancer';
/** Contains an EcoRI site. */
const prefix = 'ACGAATTC';
/** Training of the whole small run may take this long on a slow machine. */
const runMs = 240_000;

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab();
  page = lab.page;
});

afterAll(() => lab?.close());

const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
const tab = (name: string) => page.getByRole('navigation', { name: 'This run' }).getByRole('link', { name });
const field = (label: string) => page.getByLabel(label, { exact: true });

async function addGoal(words: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a goal' }).click();
  await page.getByPlaceholder(/plain words/).fill(words);
  await page.keyboard.press('Enter');
  // After a choice, focus moves to its first field.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.matches('article :is(select, input, textarea)')))
    .toBe(true);
}

describe('DNA', () => {
  it('has its own generators, goals and sequence settings in the form', async () => {
    await page.goto(lab.host.address);
    await page.getByRole('link', { name: 'New design' }).first().click();
    await heading('New design').waitFor();
    await page.getByRole('radiogroup', { name: 'What to design' }).getByText('DNA').click();
    await page.getByRole('radio', { name: /^enhancer/ }).waitFor();
    expect(await page.getByRole('radio', { name: /^druglike/ }).count()).toBe(0);
    await field('Name').fill(designName);
    await addGoal('GC content');
    await field('Length').fill('2000');
    await page.getByText(/the generator writes at most \d+ bases/).waitFor();
    await field('Length').fill('120');
    await field('Prefix').fill('ACGX');
    await page.getByText(/"X" at position 4 of the prefix/).waitFor();
    await field('Prefix').fill(prefix);
    await page.getByText('Ready to run.').waitFor();
    await field('Prefix').fill('1 acga auuc');
    await page.getByText('The sequence is RNA: U is read as T.').waitFor();
    await page.getByText('Ready to run.').waitFor();
    await field('Prefix').fill(prefix);
    await expectAccessible(page);
  });

  it('suggests enzymes during typing, and accepts pasted sequences', async () => {
    await addGoal('cut sites');
    const enzymes = page.getByRole('textbox', { name: 'Enzymes' });
    await enzymes.pressSequentially('BamHI, ecor');
    await page
      .getByRole('group', { name: 'Enzymes with similar names' })
      .getByRole('button', { name: 'EcoRI', exact: true })
      .click();
    expect(await enzymes.inputValue()).toBe('BamHI, EcoRI');
    await addGoal('identity');
    await page.getByRole('textbox', { name: 'References' }).fill('>p53\nMEEPQSDPSV');
    await page.getByText('Record 1 (p53): "E" at position 2 is an amino acid: this looks like protein.').waitFor();
    await page.getByRole('textbox', { name: 'References' }).fill('>one\n1 ACGTACGT\n9 ACGT\n>two\nGGCCGGCC');
    await page.getByText('Numbers among the bases are ignored.').waitFor();
    await page.getByText('Ready to run.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Remove Identity/ }).click();
  });

  it('runs, and shows sequences', async () => {
    await field('Steps of training').fill('8');
    await page.getByText('Expert settings').click();
    await field('Batch').fill('16');
    await field('Measure samples').fill('16');
    await field('Final samples').fill('32');
    await page.getByText('Ready to run.').waitFor();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await heading(designName).waitFor({ timeout: 120_000 });
    await page
      .getByText(/Finished/)
      .first()
      .waitFor({ timeout: runMs });
    expect((await page.locator('article .track').first().innerText()).replace(/\s/g, '')).toMatch(
      new RegExp(`^${prefix}[ACGT]{112}$`),
    );
    expect(await page.getByText('Families').isVisible()).toBe(true);
    await expectAccessible(page);
  });

  it('opens a sequence with its length and the features of its goals, and copies it', async () => {
    await page.getByRole('button', { name: /^Candidate 1,/ }).click();
    const panel = page.getByRole('complementary', { name: 'Candidate 1' });
    await panel.getByText('120 bases', { exact: true }).waitFor();
    await panel.getByRole('application', { name: /^DNA of 120 bases, with [1-9]\d* restriction sites?$/ }).waitFor();
    const site = panel.getByRole('region', { name: 'On this sequence' }).getByRole('listitem').first();
    expect(await site.innerText()).toMatch(/^EcoRI\s+3–8, forward\s+cuts after 3\/7$/);
    expect(await panel.getByRole('button', { name: 'Copy Sequence' }).isVisible()).toBe(true);
    await panel.getByText('Log-likelihood when generated').waitFor();
    await expectAccessible(page);
    await panel.getByLabel('Predicted by').selectOption({ label: 'Activity in yeast' });
    await panel.getByRole('img', { name: /^Map of the effects/ }).waitFor();
    await panel
      .getByRole('button', { name: /^Copy the sequence with [ACGT]\d+[ACGT]$/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  it('is steered, and exported as FASTA', async () => {
    await tab('Steer').click();
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await page
      .getByRole('region', { name: 'Candidates of this blend' })
      .getByRole('button', { name: /^Candidate 1,/ })
      .waitFor({ timeout: 90_000 });
    await tab('Export').click();
    await page.getByRole('radio', { name: 'Sequences (FASTA)' }).check();
    await field('Number of candidates, best first').fill('10');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save file' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('small-enhancer-run1.fasta');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.match(/^>run1-\d+ total=/gm)).toHaveLength(10);
    expect(text.split('\n').slice(1, 3).join('')).toMatch(new RegExp(`^${prefix}[ACGT]{112}$`));
    await expectAccessible(page);
  });

  it("shows the generator's settings among the goals, and its best sequences in the list", async () => {
    await tab('Goals').click();
    await page.getByRole('heading', { name: 'Required of all sequences' }).waitFor();
    await page.getByText(prefix, { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Designs' }).click();
    await page.locator('.thumb .track').first().waitFor();
    await expectAccessible(page);
    expect(lab.complaints).toEqual([]);
  });
});
