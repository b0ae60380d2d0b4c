import { expect, test } from 'vitest';
import { iupacReverseComplement } from '../../../../engine/dna/iupac.ts';
import type { Motif } from '../../../../engine/dna/motif-formats.ts';
import { shippedMotifs } from '../../../../engine/objectives/families/dna/motif-library.ts';
import { parseCompact } from '../../../../engine/objectives/parameters.ts';
import { prepareDnaObjective } from '../../../../engine/objectives/scoring.ts';
import { dnaContext, readResource } from '../../../../host/chemistry/chemistry.ts';

const prepare = (text: string) => prepareDnaObjective(parseCompact(text), dnaContext());
const score = (text: string, ...sequences: (string | null)[]) => prepare(text).score(sequences);

/** Perfect for one word. */
const exactly = (id: string, word: string) =>
  [`>${id} ${id}`, ...[...'ACGT'].map((base) => [...word].map((one) => (one === base ? 100 : 0)).join(' '))].join('\n');
const OWN = `${exactly('left', 'ACCTGA')}\n${exactly('right', 'GGTTTC')}`;

function scoreOwn(id: string, parameters: Record<string, unknown>, ...sequences: string[]) {
  return prepareDnaObjective({ id, parameters: { file: OWN, p: 0.001, ...parameters } }, dnaContext()).score(sequences);
}

test('the ideal site of a motif has the relative score 1, on either strand', async () => {
  const { counts } = shippedMotifs(readResource).find('MA0139.2') as Motif;
  const site = Array.from(
    { length: counts.length / 4 },
    (_, i) => 'ACGT'[[0, 1, 2, 3].sort((a, b) => counts[4 * i + b] - counts[4 * i + a])[0]],
  ).join('');
  const [given, other, half, short] = await score(
    'motif-score:name=CTCF',
    `AC${site}`,
    iupacReverseComplement(site),
    `${site.slice(0, 8)}AAAAAAA`,
    'ACGT',
  );
  expect([given, other]).toEqual([1, 1]);
  expect(half).toBeGreaterThan(0.2);
  expect(half).toBeLessThan(0.9);
  expect(short).toBeNull();
  expect(await score('motif-score:name=CTCF,strands=given', iupacReverseComplement(site))).not.toEqual([1]);
});

test('hits on both strands count once where they overlap, and not on the other strand where only the given is asked for', async () => {
  const sequences = ['AAACCTGAAAA', 'AAACCTGAAATCAGGTAA', 'TCAGGT', 'AC'];
  expect(await scoreOwn('motif-count', { name: 'left' }, ...sequences)).toEqual([1, 2, 1, 0]);
  expect(await scoreOwn('motif-count', { name: 'LEFT', strands: 'given' }, ...sequences)).toEqual([1, 1, 0, 0]);
});

test('pairs of hits are counted where their distance is in the range', async () => {
  const at = (gap: number) => `ACCTGA${'T'.repeat(gap)}GGTTTC`;
  const sequences = [at(3), at(9), at(12), 'ACCTGA', 'GGTTTCAAAACCTGA'];
  expect(
    await scoreOwn('motif-spacing', { first: 'left', second: 'right', shortest: 3, longest: 9 }, ...sequences),
  ).toEqual([1, 1, 0, 0, 1]);
  expect(await scoreOwn('motif-spacing', { first: 'left', second: 'left' }, 'ACCTGATTACCTGATTACCTGA')).toEqual([3]);
});

test('the order of motifs is the longest chain that keeps it', async () => {
  const sequences = ['ACCTGAGGTTTC', 'GGTTTCACCTGA', 'GGTTTC', 'TTTT', 'GGTTTCACCTGAGGTTTC'];
  expect(await scoreOwn('motif-order', { motifs: ['left', 'right'] }, ...sequences)).toEqual([1, 0.5, 0.5, 0, 1]);
  expect(await scoreOwn('motif-order', { motifs: ['right', 'left', 'right'] }, ...sequences)).toEqual([
    2 / 3,
    2 / 3,
    1 / 3,
    0,
    1,
  ]);
});

test('what cannot be used is refused with its parameter', () => {
  expect(() => prepare('motif-count:name=CTCFF')).toThrow(
    'There is no motif "CTCFF" among the 4275 known. Did you mean "CTCF"?',
  );
  expect(() => prepare('motif-count:name=CTCF,p=0')).toThrow('Parameter "p"');
  expect(() => prepare('motif-count:name=CTCF,p=1')).toThrow('Parameter "p"');
  expect(() => prepare('motif-count')).toThrow('needs the parameter "name"');
  expect(() => prepare('motif-spacing:first=CTCF,second=GATA1,shortest=9,longest=3')).toThrow('below the shortest');
  expect(() => prepare('motif-order:motifs=CTCF')).toThrow('name at least two motifs');
  expect(() =>
    prepareDnaObjective({ id: 'motif-count', parameters: { name: 'left', file: 'ACGT\n' } }, dnaContext()),
  ).toThrow('The motifs cannot be read: line 1');
  expect(() =>
    prepareDnaObjective({ id: 'motif-count', parameters: { name: 'lef', file: OWN } }, dnaContext()),
  ).toThrow('Did you mean "left"?');
});
