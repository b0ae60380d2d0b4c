import { expect, test } from 'vitest';
import { parseCompact } from '../../../../engine/objectives/parameters.ts';
import { prepareDnaObjective } from '../../../../engine/objectives/scoring.ts';
import { dnaContext } from '../../../../host/chemistry/chemistry.ts';

const prepare = (text: string) => prepareDnaObjective(parseCompact(text), dnaContext());
const score = (text: string, ...sequences: (string | null)[]) => prepare(text).score(sequences);

/** 60 bases, half of them G or C, without a BsaI site. */
const PLAIN = 'ACGTTGCAAGTCCATGATCGGATTACAGCCTTAGACGTGACTTCAGGATCTCGAACTGCAA';

test('a set of rules is chosen, and each limit can be replaced', async () => {
  expect(await score('synthesis', PLAIN, `${PLAIN}GGTCTC`, null)).toEqual([0, 1, null]);
  expect(await score('synthesis:rules=twist', PLAIN)).toEqual([1]);
  expect(await score('synthesis:rules=twist,min_length=20', PLAIN)).toEqual([0]);
  expect(await score('synthesis:max_gc=0.4,sites=PstI', PLAIN, `${PLAIN}GGTCTCCTGCAG`)).toEqual([1, 2]);
});

test('what cannot be used is refused with its parameter', () => {
  expect(() => prepare('synthesis:rules=acme')).toThrow('Parameter "rules"');
  expect(() => prepare('synthesis:sites=BsmB1')).toThrow('Did you mean "BsmBI"?');
  expect(() => prepare('synthesis:min_gc=0.7')).toThrow('min_gc is 0.7 and max_gc is 0.65: no sequence can meet both');
  expect(() => prepare('synthesis:max_gc=65')).toThrow('Parameter "max_gc"');
});

test('melting temperature takes the concentrations', async () => {
  const [usual, salty, other] = await Promise.all(
    ['tm', 'tm:sodium=200', 'tm:magnesium=2,oligo=50'].map(
      async (text) => (await score(text, 'ACGTTGCAAGTCCATGATCG'))[0],
    ),
  );
  expect(usual).toBeCloseTo(56.0, 0);
  expect(salty).toBeGreaterThan(usual as number);
  expect(other).not.toBe(usual);
  expect(await score('tm', 'A', null)).toEqual([null, null]);
  expect(() => prepare('tm:sodium=0')).toThrow('Parameter "sodium"');
});
