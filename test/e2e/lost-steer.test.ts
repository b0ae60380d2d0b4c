/**
 * @file Steering while the host cannot be reached: it says so, keeps the current blends, and fulfils the request once
 * the host responds.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { expectAccessible, type Lab, openLab } from './harness.ts';
import { Losable } from './losable.ts';
import { trainSmall } from './trained.ts';

let lab: Lab;
let page: Page;
let host: Losable;

beforeAll(async () => {
  lab = await openLab(undefined, trainSmall);
  page = lab.page;
  host = await Losable.on(page);
  await page.goto(lab.host.address);
  await page.goto(new URL('#/run/1/steer', lab.host.address).href);
}, 120_000);

afterEach(() => host.mend());
afterAll(() => lab?.close());

const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
const made = (blend: string): Locator => region(blend).getByText(/ of \d+ valid/);
const waits = /The engine isn’t responding. This continues automatically when it does\./;

async function make(): Promise<void> {
  await page.getByRole('button', { name: 'Generate 100 more' }).click();
}

it('a blend is sampled once the host responds, beside the earlier ones', async () => {
  await make();
  await made('Candidates of this blend').waitFor();
  await page
    .getByRole('slider', { name: /^Weight of/ })
    .first()
    .fill('1');
  host.swallow('steering.sample');
  await make();
  await page.getByRole('button', { name: 'Generating…' }).waitFor();
  await host.lose();
  await page
    .getByText(/^Sampling failed\./)
    .getByText(waits)
    .waitFor();
  expect(await page.getByRole('button', { name: 'Generate 100 more' }).isDisabled()).toBe(true);
  expect(await made('Candidates of this blend').isVisible()).toBe(true);
  await expectAccessible(page);
  await host.back();
  await made('Previous blend').waitFor();
  await page.getByText(/^Sampling failed\./).waitFor({ state: 'detached' });
});

it('sliders still move, and the view says why no blend can be sampled', async () => {
  await host.lose();
  await page
    .getByText('The engine isn’t responding. You can continue when it does. Weights and blends are kept.')
    .waitFor();
  await page
    .getByRole('slider', { name: /^Weight of/ })
    .nth(1)
    .fill('0');
  await host.back();
  await make();
  await region('Candidates of this blend')
    .getByRole('img', { name: /^Weights: .*100%.*, .* 0%$/ })
    .waitFor();
});

it('two blends are compared once the host responds, and the last comparison stays until then', async () => {
  const kept = region('Kept blends');
  for (const name of ['One', 'Other']) {
    await kept.getByLabel('Name of this blend').fill(name);
    await kept.getByRole('button', { name: 'Keep' }).click();
    await kept.getByRole('button', { name: `Open ${name}` }).waitFor();
    await kept.getByLabel(`Compare ${name}`).check();
    await page
      .getByRole('slider', { name: /^Weight of/ })
      .nth(1)
      .fill('1');
    await make();
    await expect.poll(() => page.getByRole('button', { name: 'Generate 100 more' }).isEnabled()).toBe(true);
  }
  const compare = kept.getByRole('button', { name: 'Compare both' });
  await compare.click();
  await kept.getByRole('columnheader', { name: 'One' }).waitFor();
  host.swallow('steering.compare');
  await compare.click();
  await host.lose();
  await kept
    .getByText(/^The blends couldn’t be compared\./)
    .getByText(waits)
    .waitFor();
  expect(await kept.getByRole('columnheader', { name: 'One' }).isVisible()).toBe(true);
  await compare.click();
  await kept.getByText(/^The blends couldn’t be compared\./).waitFor();
  await expectAccessible(page);
  await host.back();
  await kept.getByText(/^The blends couldn’t be compared\./).waitFor({ state: 'detached' });
  await kept.getByRole('columnheader', { name: 'Other' }).waitFor();
});

it('the surface is measured once the host responds, if it had not received the request', async () => {
  const surface = region('Measured trade-offs');
  host.swallow('surface.measure');
  await surface.getByRole('button', { name: 'Measure' }).click();
  await host.lose();
  await surface
    .getByText(/^The measurement failed\./)
    .getByText(waits)
    .waitFor();
  expect(await surface.getByRole('button', { name: 'Measure' }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await host.back();
  await surface
    .getByText(/^Mean scores of 256 sequences each at (\d+) of \1 settings, .*; reach 4×/)
    .waitFor({ timeout: 120_000 });
  await surface.getByText(/^The measurement failed\./).waitFor({ state: 'detached' });
});

it('a measurement continues without the window, which catches up', async () => {
  const surface = region('Measured trade-offs');
  await page.getByRole('radio', { name: '2×' }).check({ force: true });
  // Progress events are dropped, so the window is behind, however fast the host is.
  host.swallow('"kind":"event"');
  await surface.getByRole('button', { name: 'Measure' }).click();
  await surface.getByText(/^Measuring \d+ of \d+ settings$/).waitFor();
  await host.lose();
  await surface
    .getByText(
      /^The engine isn’t responding. This continues automatically when it does\. Finished measurements are kept\.$/,
    )
    .waitFor();
  await expectAccessible(page);
  await host.back();
  await surface
    .getByText(/^Mean scores of 256 sequences each at (\d+) of \1 settings, .*; reach 2×/)
    .waitFor({ timeout: 120_000 });
  await surface.getByText(/^Measuring/).waitFor({ state: 'detached' });
  await surface.getByText(waits).waitFor({ state: 'detached' });
});
