import { expect, test } from 'vitest';
import { parseCompact } from '../../../../engine/objectives/parameters.ts';
import { prepareDnaObjective } from '../../../../engine/objectives/scoring.ts';
import { dnaContext } from '../../../../host/chemistry/chemistry.ts';

const prepare = (text: string) => prepareDnaObjective(parseCompact(text), dnaContext());
const score = (text: string, ...sequences: (string | null)[]) => prepare(text).score(sequences);

test('sites of all named enzymes are counted on both strands', async () => {
  const sequences = ['AAAA', 'GAATTCAAGGATCC', 'GGTCTCAAGAGACC', null];
  expect(await score('restriction-sites:enzymes=ecori,BamHI,BsaI', ...sequences)).toEqual([0, 2, 2, null]);
  expect(await score('restriction-present:enzymes=EcoRI,BsaI', ...sequences)).toEqual([0, 0.5, 0.5, null]);
});

test('a circle may have one more', async () => {
  expect(await score('restriction-sites:enzymes=EcoRI', 'TTCAAAGAA')).toEqual([0]);
  expect(await score('restriction-sites:enzymes=EcoRI,circular=true', 'TTCAAAGAA')).toEqual([1]);
});

test('an unknown enzyme is refused with the nearest, one named twice too, and none at all', () => {
  expect(() => prepare('restriction-sites:enzymes=EcoRI,BamH1')).toThrow(
    'There is no restriction enzyme "BamH1" among the 1088 known. Did you mean "BamHI"?',
  );
  expect(() => prepare('restriction-sites:enzymes=EcoRI,ecori')).toThrow('EcoRI is named twice');
  expect(() => prepare('restriction-sites')).toThrow('needs the parameter "enzymes"');
});
