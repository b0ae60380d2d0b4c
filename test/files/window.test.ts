/** @file The same small files as the window sends them, opened in the drawing dialog or pasted into a field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../../host/chemistry/chemistry.ts';
import { createHost, type Host } from '../../host/host.ts';
import { temporaryFolder } from '../host/tools.ts';

interface Case {
  readonly modality: 'molecule' | 'dna';
  readonly rows?: readonly { readonly name: string; readonly smiles: string; readonly value: number | null }[];
  readonly message?: string;
}

const data = join(import.meta.dirname, 'data');
const cases = Object.entries(
  JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as Record<string, Case>,
).filter(([, { modality }]) => modality === 'molecule');

let host: Host;
let rdkit: Rdkit;
beforeAll(async () => {
  host = createHost({ workspace: join(temporaryFolder(), 'files.amalgam'), device: 'cpu' });
  rdkit = await loadRdkitFromDisk();
});
afterAll(() => host.close());

const opened = (name: string, content: Buffer, most = 1000) =>
  host.call('molecule.file', { name, content: content.toString('base64'), most });

/** Of the first word, which a name may follow; '' for what is no molecule. */
const canonical = (text: string): string =>
  rdkit.withMolecule(
    text.split(/\s/)[0],
    (molecule) => molecule.canonical,
    () => '',
  );

describe('gives the molecules of RDKit, and names those that are none', () => {
  test.each(cases.filter(([, { rows }]) => rows !== undefined))('%s', async (file, { rows = [] }) => {
    const { molecules, count } = await opened(file, readFileSync(join(data, file)));
    expect(count).toBe(molecules.length);
    const right = rows.filter(({ value }) => value !== null).map(({ smiles }) => canonical(smiles));
    expect(molecules.map(({ text }) => canonical(text)).filter((text) => text !== '')).toEqual(right);
    for (const { text, problem, place } of molecules) {
      if (text === '') expect(problem).not.toBeNull();
      expect(place).toMatch(/^(line|row|record) \d+$/);
    }
  });
});

describe('is refused', () => {
  test.each(cases.filter(([, { message }]) => message !== undefined))('%s', async (file, { message }) => {
    await expect(opened(file, readFileSync(join(data, file)))).rejects.toThrow(new RegExp(message!));
  });
});

test('only as many as are asked for are sent, and all are counted', async () => {
  const { molecules, count } = await opened('some.smi', Buffer.from('CCO ethanol\nCCN\nC1CC\n'), 1);
  expect([molecules.map(({ text }) => text), count]).toEqual([['CCO ethanol'], 3]);
});

test('the labels of attachment points are numbered', async () => {
  const { molfile } = await host.call('molecule.read', { text: '[*:1]CCO', as: 'structure' });
  const { molecules } = await opened('r.mol', Buffer.from(molfile!));
  expect(molecules[0].text).toContain('*');
  expect((await host.call('molecule.read', { text: molfile!, as: 'structure' })).text).toBe(molecules[0].text);
});
