/** @file The panel of a molecule beyond its scores: 3D view, similar molecules, reproduction. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { amalgam, designFile, temporaryFolder } from '../host/tools.ts';
import { expectAccessible, type Lab, openLab, startHost } from './harness.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab((db) => void fillRun(db, 40));
  page = lab.page;
  await page.goto(new URL('#/run/1/explore', lab.host.address).href);
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
});

afterAll(() => lab?.close());

const picture = () => page.locator('[aria-roledescription="3D structure"] canvas');
/** The canvas' pixels as bytes. */
const painted = () => picture().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

describe('the 3D view', () => {
  it('is computed on request, with its energy', async () => {
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.getByText(/^MMFF94 energy -?[\d.,]+ kcal\/mol/).waitFor({ timeout: 120_000 });
    await expectAccessible(page);
  });

  it('rotates by mouse and keys, without changing the candidate', async () => {
    const first = await painted();
    await page.locator('[aria-roledescription="3D structure"]').focus();
    await page.keyboard.press('ArrowRight');
    const second = await painted();
    expect(second).not.toBe(first);
    await page.keyboard.press('Home');
    expect(await painted()).toBe(first);
    const box = await picture().boundingBox();
    if (box === null) throw new Error('The picture is not in sight.');
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 90, { steps: 4 });
    await page.mouse.up();
    expect(await painted()).not.toBe(first);
    await page.getByRole('complementary', { name: 'Candidate 1' }).waitFor();
  });

  it('is saved as an SD file', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SDF' }).click();
    const text = readFileSync(await (await saving).path(), 'utf8');
    expect(text).toMatch(/V2000[\s\S]* H [\s\S]*M {2}END\n\$\$\$\$\n$/);
    expect(lab.complaints).toEqual([]);
  });
});

describe('the nearest known molecule', () => {
  it('is drawn beside the candidate, with its name and the similarity', async () => {
    const section = page.getByRole('region', { name: 'Nearest known molecule' });
    await section.getByRole('button', { name: 'Find' }).click();
    await section.getByText(/^Similarity [01]\.\d+: /).waitFor({ timeout: 120_000 });
    await section.getByRole('img').nth(1).waitFor();
    expect(await section.locator('figcaption').nth(1).innerText()).toMatch(/[a-z]{3}/);
    await expectAccessible(page);
  });
});

describe('dragging out', () => {
  it.each([
    ['a card', () => page.getByRole('article').first()],
    [
      'the picture of the panel',
      () => page.getByRole('complementary', { name: 'Candidate 1' }).locator('[draggable="true"]'),
    ],
  ])('%s brings SMILES and a file', async (_what, source) => {
    await source().scrollIntoViewIfNeeded();
    const box = await source().boundingBox();
    if (box === null) throw new Error('It is not in sight.');
    const given = page.evaluate(
      () =>
        new Promise<Record<string, string>>((resolve) => {
          document.addEventListener(
            'dragstart',
            ({ dataTransfer }) =>
              resolve(
                Object.fromEntries(
                  [...(dataTransfer?.types ?? [])].map((type) => [type, dataTransfer?.getData(type) ?? '']),
                ),
              ),
            { once: true },
          );
        }),
    );
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
    await page.mouse.down();
    // The page asks for the molfile when the button goes down.
    await lab.calls.allAnswered();
    await page.mouse.move(box.x + box.width / 3 + 30, box.y + box.height / 3 + 30, { steps: 5 });
    const data = await given;
    await page.mouse.up();
    expect(data['text/plain']).toMatch(/^[A-Za-z0-9@+\-[\]()=#\\/.%]+$/);
    expect(data['chemical/x-mdl-molfile']).toContain('M  END');
    expect(data.downloadurl ?? data.DownloadURL).toMatch(/^chemical\/x-mdl-sdfile:candidate-\d+\.sdf:data:/);
  });
});

describe('reproduction', () => {
  const folder = temporaryFolder();

  it('says why a candidate cannot be reproduced if the generator has changed', async () => {
    await page.getByRole('button', { name: 'Reproduce this result' }).click();
    await page.getByText(/has changed since run 1 began/).waitFor();
  });

  it('reproduces a candidate of a trained run', async () => {
    const workspace = join(folder, 'trained.amalgam');
    const { code, err } = await amalgam(['design', designFile(folder), '--workspace', workspace, '--device', 'cpu']);
    expect(code, err).toBe(0);
    const host = await startHost(workspace);
    try {
      await page.goto(new URL('#/run/1/explore', host.address).href);
      await page.reload();
      await page.getByRole('button', { name: /^Candidate 1,/ }).click();
      await page.getByText(/^(Retrains \d rounds?,|Samples its batch again)/).waitFor();
      await page.getByRole('button', { name: 'Reproduce this result' }).click();
      await page.getByText('Reproduced: structure, values and scores are the same.').waitFor({ timeout: 120_000 });
      await expectAccessible(page);
    } finally {
      await host.stop();
    }
  });
});
