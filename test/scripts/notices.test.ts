/** @file Third-party notices: they are up to date, and all that ships has a licence that allows what we do. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.mjs';
import { notices } from '../../scripts/notices.mjs';
import { data, modelNames } from '../../scripts/notices/data.mjs';
import { rules, shippedPackages, usedLicence } from '../../scripts/notices/packages.mjs';
import { body, copyrightLines } from '../../scripts/notices/texts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-notices-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const shipped = shippedPackages();
const names = new Set(shipped.map(({ name }) => name));

test('what is committed is what npm run notices makes', () => {
  const made = notices();
  const stale = [...made].filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text);
  expect(stale.map(([file]) => `${file} is stale: run npm run notices`)).toEqual([]);
  expect([...made.keys()]).toContain('THIRD_PARTY_NOTICES.md');
  expect(made.get('THIRD_PARTY_NOTICES.md')!.length).toBeLessThan(100_000);
});

describe('packages', () => {
  test('each has a licence that is on the list', () => {
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.map((one) => usedLicence(one))).not.toContain('');
  });

  test('another licence, or none, is an error that names the package', () => {
    const of = (licence: string) => () => usedLicence({ name: 'fancy', version: '1.2.3', licence });
    expect(of('GPL-3.0-only')).toThrow('fancy 1.2.3 is licensed GPL-3.0-only, which is not on the list');
    expect(of('')).toThrow('fancy 1.2.3 is licensed by no licence that it states');
    expect(of('(GPL-3.0-only OR MIT)')()).toBe('MIT');
  });

  test('an exception counts for its package and its licence alone', () => {
    const [[name, { licence }]] = Object.entries(rules.excepted);
    expect(usedLicence({ name, version: '1', licence })).toBe(licence);
    expect(() => usedLicence({ name: 'fancy', version: '1', licence })).toThrow('not on the list');
    expect(() => usedLicence({ name, version: '1', licence: 'GPL-3.0-only' })).toThrow('not on the list');
  });

  test('what is said of a package by name is of one that ships', () => {
    const said = [...Object.keys(rules.excepted), ...Object.keys(rules.stated)];
    expect(said.filter((name) => !names.has(name))).toEqual([]);
  });

  test('all that is bundled into the host is among them', () => {
    const host = join(root, 'dist/host');
    const maps = readdirSync(host).filter((file) => file.endsWith('.map'));
    const sources = maps.flatMap((file): string[] => JSON.parse(readFileSync(join(host, file), 'utf8')).sources);
    // TF.js brings maps to its own sources, which lie beside the app's and not in node_modules.
    const packageOf = (source: string) =>
      /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ??
      source.replace(/^[./]+\/(tfjs-[a-z-]+)\/.*|.*/, (_, name?: string) => (name ? `@tensorflow/${name}` : ''));
    const bundled = new Set(sources.map(packageOf).filter((name) => name !== ''));
    expect(bundled).toContain('@tensorflow/tfjs-core');
    expect([...bundled].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('weights and tables', () => {
  test('each has a licence, and each licence is of one', () => {
    expect(data.map(({ name }) => name)).toEqual(modelNames());
  });

  test('a folder without one is found', () => {
    mkdirSync(join(folder, 'new-weights'));
    for (const file of ['known.safetensors', 'known.md', 'known.measured.json.gz', 'licences.json'])
      writeFileSync(join(folder, file), '');
    expect(modelNames(folder)).toEqual(['known', 'new-weights']);
  });

  test('a source without a stated licence says so', () => {
    const sources = data.flatMap((one) => one.sources);
    expect(sources.filter(({ licence, note }) => licence === null && note === undefined)).toEqual([]);
    expect(sources.filter(({ url }) => !url.startsWith('https://'))).toEqual([]);
  });

  test('users are told what a missing licence or terms of a source mean for them', () => {
    const unclear = [null, 'not seen', 'own terms'];
    const needed = data.filter(({ sources }) => sources.some(({ licence }) => unclear.includes(licence)));
    expect(needed.map(({ name }) => name)).toContain('lentimpra');
    expect(needed.filter(({ meaning }) => meaning === undefined).map(({ name }) => name)).toEqual([]);
    const page = notices().get('THIRD_PARTY_NOTICES.md');
    for (const { meaning } of needed) expect(page).toContain(`What this means: ${meaning}`);
  });

  test('a source that asks for share-alike gets it', () => {
    const lacking = data.filter(
      ({ licence, sources }) => !licence.includes('-SA-') && sources.some((source) => source.licence?.includes('-SA-')),
    );
    expect(lacking).toEqual([]);
  });
});

test('the text of a licence is separated from its title and from the copyright lines', () => {
  const text = 'The MIT License (MIT)\n\nCopyright (c) 2020 Ada\n\nThe above\ncopyright notice and (c) You must\n';
  expect(copyrightLines(text)).toEqual(['Copyright (c) 2020 Ada']);
  expect(body(text)).toBe('The above\ncopyright notice and (c) You must');
});
