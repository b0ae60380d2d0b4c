import { expect, test } from 'vitest';
import { iupacReverseComplement } from '../../../engine/dna/iupac.ts';
import { readEnzymes } from '../../../engine/dna/restriction.ts';
import { ruleSets, SynthesisCheck, type SynthesisLimits } from '../../../engine/dna/synthesis.ts';
import { readResource } from '../../../host/chemistry/chemistry.ts';

/** Marsaglia's xorshift32: 200 bases without anything remarkable. */
function ordinary(length: number, seed = 5): string {
  let state = seed;
  return Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return 'ACGT'[state & 3];
  }).join('');
}

const plain = ordinary(200);
const enzymes = readEnzymes(new TextDecoder().decode(readResource('restriction/enzymes.tsv')));
const named = (...names: string[]) => enzymes.filter(({ name }) => names.includes(name));

function found(sequence: string, changed: Partial<SynthesisLimits> = {}, ...sites: string[]) {
  return new SynthesisCheck({ ...ruleSets.generic.limits, ...changed }, named(...sites)).violations(sequence);
}

test('an ordinary sequence breaks no rule', () => {
  expect(found(plain, {}, 'BsaI', 'BsmBI')).toEqual([]);
});

test('length is watched on both sides', () => {
  expect(found(plain, { min_length: 300 })).toEqual([
    { rule: 'length', start: 0, end: 200, reason: '200 bases; at least 300 are allowed' },
  ]);
  expect(found(plain, { max_length: 100 })).toEqual([
    { rule: 'length', start: 0, end: 200, reason: '200 bases; at most 100 are allowed' },
  ]);
});

test('G and C are watched overall, by window and between windows', () => {
  const half = 'AT'.repeat(25) + 'GC'.repeat(25);
  const none = { repeat: 0, stem: 0 };
  expect(found('AT'.repeat(20), none).map(({ rule }) => rule)).toEqual(['gc']);
  expect(found(half, none)).toEqual([
    { rule: 'gc-window', start: 0, end: 59, reason: 'a window of 50 bases has 0% G and C; 20% to 80% are allowed' },
    { rule: 'gc-window', start: 41, end: 100, reason: 'a window of 50 bases has 100% G and C; 20% to 80% are allowed' },
  ]);
  const spread = found(half, { ...none, window_min_gc: 0, window_max_gc: 1, window_spread: 0.52 });
  expect(spread).toEqual([
    {
      rule: 'gc-spread',
      start: 0,
      end: 100,
      reason: 'windows of 50 bases have between 0% and 100% G and C; they may differ by at most 52%',
    },
  ]);
});

test('runs have other limits for A and T than for G and C', () => {
  expect(found(`${plain}T${'A'.repeat(9)}T`)).toEqual([]);
  expect(found(`${plain}T${'A'.repeat(10)}T`)).toEqual([
    { rule: 'runs', start: 201, end: 211, reason: 'a run of 10 A; at most 9 are allowed' },
  ]);
  expect(found(`${plain}T${'G'.repeat(6)}T`)).toEqual([
    { rule: 'runs', start: 201, end: 207, reason: 'a run of 6 G; at most 5 are allowed' },
  ]);
});

test('a stretch that comes again is found on either strand, with its length', () => {
  const part = plain.slice(20, 45);
  expect(found(plain + part)).toEqual([
    {
      rule: 'repeats',
      start: 200,
      end: 225,
      reason: '25 bases are repeated from position 21; repeats from 20 bases are forbidden',
    },
  ]);
  expect(found(`${plain}${iupacReverseComplement(plain.slice(20, 40))}`).map(({ rule }) => rule)).toEqual(['repeats']);
  expect(found(plain + plain.slice(20, 39))).toEqual([]);
});

test('a hairpin is found near an end and not in the middle', () => {
  const stem = 'ACGGATCTGCAT';
  const hairpin = `${stem}TTTT${iupacReverseComplement(stem)}`;
  const places = (sequence: string) => found(sequence).map(({ rule, start, end }) => [rule, start, end]);
  expect(places(hairpin + plain)).toEqual([['hairpins', 0, 28]]);
  expect(places(plain + hairpin)).toEqual([['hairpins', 200, 228]]);
  expect(places(plain.slice(0, 100) + hairpin + plain.slice(100))).toEqual([]);
});

test('forbidden sites are found on both strands', () => {
  expect(
    found(`${plain}AGGTCTCAAGAGACCA`, {}, 'BsaI').map(({ rule, start, end, reason }) => [rule, start, end, reason]),
  ).toEqual([
    ['sites', 201, 207, 'a site of BsaI (GGTCTC)'],
    ['sites', 209, 215, 'a site of BsaI (GGTCTC)'],
  ]);
});

test('a rule counts once, however often it is broken', () => {
  const check = new SynthesisCheck(ruleSets['idt-gblock'].limits, []);
  expect(check.broken(`${plain}TGGGGGGATGGGGGGA`)).toBe(1);
  expect(check.broken('GGGGGGATGGGGGGA')).toBe(3);
});
