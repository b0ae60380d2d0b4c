/** Sites and cuts against Biopython 1.88 on 240 sequences with 1,088 enzymes. */
import { expect, test } from 'vitest';
import { cutsAt, readEnzymes, SiteFinder } from '../../../engine/dna/restriction.ts';
import { readResource } from '../../../host/chemistry/chemistry.ts';
import { type CutRow, cutRows } from '../../fixtures/dna/read.ts';

const enzymes = readEnzymes(new TextDecoder().decode(readResource('restriction/enzymes.tsv')));
const finders = enzymes.map((enzyme) => new SiteFinder(enzyme));
const finder = (name: string) => finders.find(({ enzyme }) => enzyme.name === name) as SiteFinder;

/** Of its two recognition sites, Biopython searches the first alone. */
const TWO_SITES = 'HpyUM037X';

/** Positions as Biopython reports them: of the base after the top strand's cut, or of the site, from 1. */
function positions(one: SiteFinder, { sequence, circular }: CutRow): string {
  const { enzyme } = one;
  const sites = one.sites(sequence, circular);
  const places =
    enzyme.cuts.length === 0
      ? sites.map(({ start }) => start + 1)
      : sites.flatMap((site) => cutsAt(enzyme, site, sequence.length, circular)).map(({ top }) => top + 1);
  return places.sort((a, b) => a - b).join(',');
}

test('every enzyme of the table is read', () => {
  expect(enzymes).toHaveLength(1088);
  expect(enzymes.filter(({ cuts }) => cuts.length === 0)).toHaveLength(334);
  expect(enzymes.filter(({ cuts }) => cuts.length === 2)).toHaveLength(25);
});

test('the enzymes cut 240 sequences where Biopython says', () => {
  const differing = cutRows().flatMap((row) => {
    const expected = new Map(
      Object.entries(row.cuts).flatMap(([places, names]) => names.split(' ').map((name) => [name, places] as const)),
    );
    return finders
      .filter(({ enzyme }) => enzyme.name !== TWO_SITES)
      .flatMap((one) => {
        const found = positions(one, row);
        const known = expected.get(one.enzyme.name) ?? '';
        return found === known
          ? []
          : [`${one.enzyme.name} ${row.circular ? 'circle' : 'line'} of ${row.sequence.length}: ${found} for ${known}`];
      });
  });
  expect(differing).toEqual([]);
});

test('a palindrome counts once, another site on both strands, an overlapping one too', () => {
  expect(finder('EcoRI').sites('AAGAATTCAA', false)).toEqual([{ start: 2, end: 8, strand: '+' }]);
  expect(finder('BsaI').sites('GGTCTCAAGAGACC', false)).toEqual([
    { start: 0, end: 6, strand: '+' },
    { start: 8, end: 14, strand: '-' },
  ]);
  expect(
    finder('HhaI')
      .sites('GCGCGC', false)
      .map(({ start }) => start),
  ).toEqual([0, 2]);
});

test('an enzyme with two recognition sites finds both', () => {
  expect(finder(TWO_SITES).sites('TAGGTAGAAAAGTGGCAG', false)).toEqual([
    { start: 0, end: 7, strand: '+' },
    { start: 11, end: 18, strand: '+' },
  ]);
});

test('a circle has the site that spans its ends', () => {
  expect(finder('EcoRI').sites('TTCAAAGAA', false)).toEqual([]);
  expect(finder('EcoRI').sites('TTCAAAGAA', true)).toEqual([{ start: 6, end: 12, strand: '+' }]);
});

test('a sequence shorter than the site has none', () => {
  expect(finder('NotI').sites('GCGG', false)).toEqual([]);
});
