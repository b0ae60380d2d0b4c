/**
 * @file The tour in the real interface, by keyboard alone: offered in an empty workspace, followed to a running design,
 * left, and taken again from the settings.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, type Lab, openLab } from './harness.ts';

/** Long enough for a run's first points on a slow machine. */
const runMs = 240_000;

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await openLab();
  page = lab.page;
});

afterAll(() => lab?.close());

const card = (title: string) => page.getByRole('region', { name: title, exact: true });
/** Waits for a step that has focus and highlights its target. */
async function step(title: string, target: string): Promise<void> {
  await card(title).waitFor({ timeout: runMs });
  await page.locator(`[data-tour="${target}"][data-toured]`).waitFor({ timeout: runMs });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(title);
  await expect
    .poll(() =>
      page.evaluate(() => document.querySelector('[data-toured]')!.getBoundingClientRect().top < innerHeight - 100),
    )
    .toBe(true);
  expect(await page.evaluate(() => document.querySelector('main')!.getBoundingClientRect().top)).toBe(0);
}
/** Presses a button of the card by keyboard. */
async function press(name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

it('is offered if there is no design yet', async () => {
  await page.goto(lab.host.address);
  await page.getByText('New here?').waitFor();
  await expectAccessible(page);
  await press('Take the tour');
  await step('Pick an example', 'examples');
  await expectAccessible(page);
});

it('points at an unfinished design if there is one, and leaves it stored', async () => {
  await press('Leave the tour');
  await page.getByLabel('Name', { exact: true }).fill('Half a thought');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await press('Take the tour');
  await step('Your unfinished design', 'draft');
  await page.getByText('Your draft is open here').waitFor();
  await expectAccessible(page);
  await press('Next');
  await step('Its goals', 'goals');
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).not.toBe('Half a thought');
  await page.getByRole('link', { name: 'New design' }).click();
  await step('Your unfinished design', 'draft');
  await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a thought');
  await page.getByRole('button', { name: 'Clear the form' }).click();
  await step('Pick an example', 'examples');
});

it('leads through the goals to the start', async () => {
  await press('Next');
  await step('Its goals', 'goals');
  await expectAccessible(page);
  await press('Next');
  await step('Start it', 'start');
  await page.getByText('Ready to run.').waitFor({ timeout: runMs });
  await press('To “Start the run”');
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Start the run');
});

it('ends in a running design', async () => {
  await page.keyboard.press('Enter');
  await step('The run', 'curves');
  await expectAccessible(page);
  await press('Next');
  await step('The best candidates', 'candidates');
  await press('Done');
  await card('The best candidates').waitFor({ state: 'detached' });
  await page
    .getByText(/^Running · round/)
    .first()
    .waitFor();
  expect(await page.locator('[data-toured]').count()).toBe(0);
});

it('is taken again from the settings, waits on other pages, and is left by Escape', async () => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await press('Take the tour');
  await step('Pick an example', 'examples');
  await page.getByRole('link', { name: 'Shortlist' }).click();
  await page.getByText('The tour is paused').waitFor();
  await press('Go back');
  await page.locator('[data-toured]').waitFor();
  await page.getByRole('heading', { name: 'Pick an example' }).focus();
  await page.keyboard.press('Escape');
  await card('Pick an example').waitFor({ state: 'detached' });
  expect(lab.complaints).toEqual([]);
});
