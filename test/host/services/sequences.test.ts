/** @file What is computed of any sequence, through the host's services: G and C, stretches, patterns. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, type Host } from '../../../host/host.ts';
import { commitDna } from '../dna-run.ts';
import { temporaryFolder } from '../tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(() => host.close());

it('gives the share of G and C by windows', async () => {
  expect(await host.call('dna.gc', { sequence: 'GGGAAC', window: 4 })).toEqual({
    whole: 4 / 6,
    windows: [0.75, 0.5, 0.5],
  });
  await expect(host.call('dna.gc', { sequence: 'GGNACC', window: 4 })).rejects.toThrow('A, C, G and T');
});

it('tells of a stretch its G and C, its melting temperature and at what, and its other strand', async () => {
  const { gc, tm, conditions, reverseComplement } = await host.call('dna.stretch', { sequence: 'ACGTTGCAACGTAGGTCA' });
  expect([gc, conditions, reverseComplement]).toEqual([
    0.5,
    { oligo: 250, sodium: 50, magnesium: 0 },
    'TGACCTACGTTGCAACGT',
  ]);
  // Biopython's Tm_NN with DNA_NN3, dnac1 = dnac2 = 250, Na = 50 and saltcorr = 5.
  expect(tm).toBeCloseTo(54.658156, 4);
  expect((await host.call('dna.stretch', { sequence: 'A' })).tm).toBeNull();
});

it('finds a typed pattern, cleaned, and refuses what is no code', async () => {
  const sequence = 'GGTATAAAGGGAATTC';
  expect(await host.call('dna.find', { sequence, pattern: ' 1 uauaww ' })).toEqual({
    pattern: 'TATAWW',
    found: [{ start: 2, end: 8, strand: '+' }],
  });
  expect((await host.call('dna.find', { sequence, pattern: 'gaattc' })).found).toEqual([
    { start: 10, end: 16, strand: null },
  ]);
  expect((await host.call('dna.find', { sequence, pattern: ' 12 ' })).found).toEqual([]);
  await expect(host.call('dna.find', { sequence, pattern: 'TAXA' })).rejects.toThrow(
    '"X" at position 3 is not a base. Codes are A, C, G, T, N',
  );
});

it('filters candidates by a pasted stretch, whatever its case, spaces and numbers', async () => {
  const { runId } = commitDna(host.context.db, ['gc', 'tm'], ['AAAACCCC', 'GGTATAAAGG']);
  const numbers = async (text: string) => [
    ...new Int32Array(
      new Uint8Array(Buffer.from((await host.call('explore.find', { runId, text })).numbers, 'base64')).buffer,
    ),
  ];
  expect(await numbers(' 11 gua uaa')).toEqual([1]);
  expect(await numbers('cccc')).toEqual([0]);
  expect(await numbers('GGGGG')).toEqual([]);
});
