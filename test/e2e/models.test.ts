/** @file Models, their cards and the user guide, in a real browser on a real host. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, type Lab, openLab } from './harness.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab();
  await lab.page.goto(lab.host.address);
});
afterAll(() => lab.close());

describe('models', () => {
  it('lists generators and predictors with their purpose', async () => {
    const { page } = lab;
    await page.getByRole('link', { name: 'Models' }).click();
    await page
      .getByRole('article', { name: 'druglike' })
      .getByText(/are valid/)
      .waitFor();
    await page
      .getByRole('article', { name: 'lentimpra' })
      .getByText(/correlation with held-out elements/)
      .waitFor();
    await expectAccessible(page);
  });

  it('shows a card with its tables, and goes back', async () => {
    const { page } = lab;
    await page.getByRole('link', { name: 'Data, figures and limits of lentimpra' }).click();
    await page.getByRole('heading', { name: 'lentimpra', level: 1 }).waitFor();
    await page.getByRole('columnheader', { name: 'HepG2' }).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'All models' }).click();
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  });

  it('says so if the requested card does not exist', async () => {
    await lab.page.goto(`${lab.host.address}#/models/card/generator/gone`);
    await lab.page.getByText('There is no generator "gone".').waitFor();
  });
});

describe('the guide', () => {
  it('opens from the sidebar', async () => {
    const { page } = lab;
    await page.getByRole('link', { name: 'Guide' }).click();
    await page.getByRole('heading', { name: 'User guide', level: 1 }).waitFor();
    await expectAccessible(page);
  });
});

describe('third-party notices', () => {
  it('open from the settings, and lead back there', async () => {
    const { page } = lab;
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Third-party notices' }).click();
    await page.getByRole('heading', { name: 'Third-party notices', level: 1 }).waitFor();
    await page.getByText(/^svelte \d/).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(lab.complaints).toEqual([]);
  });
});
