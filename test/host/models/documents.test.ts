/**
 * @file Cards and guide: every model has its place in the list, texts bring their pictures, nothing outside their
 * folder is read.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../../../host/base/errors.ts';
import { guideFolder, noticesFile } from '../../../host/base/paths.ts';
import { installedModels, modelCard } from '../../../host/models/cards.ts';
import { firstLine, guidePage, readDocument } from '../../../host/models/documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every shipped model is listed with a headline and a card, and every objective of a predictor with it', () => {
  const shipped = installedModels().filter(({ own }) => !own);
  expect(shipped.filter(({ headline, hasCard, problem }) => headline === '' || !hasCard || problem !== null)).toEqual(
    [],
  );
  expect(shipped.find(({ name }) => name === 'lentimpra')).toMatchObject({
    kind: 'predictor',
    modality: 'dna',
    predicts: [{ id: 'dna-hepg2' }, { id: 'dna-k562' }, { id: 'dna-wtc11' }, { id: 'dna-specificity' }],
  });
  expect(shipped.find(({ name }) => name === 'admet-ai')?.predicts).toHaveLength(41);
  expect(shipped.find(({ name }) => name === 'druglike')).toMatchObject({
    kind: 'generator',
    modality: 'molecule',
    predicts: [],
  });
});

test('a headline is plain text', () => {
  for (const { name, headline } of installedModels()) expect(headline, name).not.toMatch(/[`*[\]|#]/);
});

test('a card is found by kind and name', () => {
  expect(modelCard('predictor', 'lentimpra').title).toBe('lentimpra');
  expect(() => modelCard('generator', 'lentimpra')).toThrow(InputError);
});

test('pictures beside a text come with it; what lies above its folder does not', () => {
  mkdirSync(join(folder, 'cards'));
  writeFileSync(join(folder, 'secret.png'), 'x');
  writeFileSync(join(folder, 'cards', 'curve.svg'), '<svg/>');
  writeFileSync(
    join(folder, 'cards', 'mine.md'),
    '# Mine\n\nWhat it is.\n\n![A curve](curve.svg) ![Not here](gone.svg) ![No](../secret.png)\n',
  );
  const { title, markdown } = readDocument(join(folder, 'cards', 'mine.md'));
  expect(title).toBe('Mine');
  expect(markdown).toContain(`![A curve](data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')})`);
  expect(markdown).toContain('![Not here](gone.svg) ![No](../secret.png)');
  expect(firstLine(markdown)).toBe('What it is.');
});

test('the third-party notices are a document', () => {
  const { title, markdown } = readDocument(noticesFile);
  expect(title).toBe('Third-party notices');
  expect(markdown).toContain('- svelte ');
});

test('the guide names the nearest page', () => {
  expect(guidePage('README').title).toBe('User guide');
  expect(() => guidePage('READM')).toThrow('Page not found: the guide has no page "READM". Did you mean "README"?');
  expect(() => guidePage('../../package')).toThrow(InputError);
});

test('every link and picture of the guide leads somewhere, and every page is in its contents', () => {
  const pages = readdirSync(guideFolder).filter((file) => file.endsWith('.md'));
  const links = (file: string) =>
    [...readFileSync(join(guideFolder, file), 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  const broken = pages.flatMap((page) =>
    links(page)
      .filter((target) => !existsSync(join(guideFolder, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
  expect([...links('README.md'), 'README.md'].sort()).toEqual(pages.sort());
});
