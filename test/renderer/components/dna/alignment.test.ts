/** @file An alignment laid out in rows, and its differences in words. */
import { expect, it } from 'vitest';
import {
  alignmentWords,
  differencesOf,
  referenceWords,
  rowsOf,
  stretchesOf,
} from '../../../../renderer/components/dna/alignment.ts';
import { alignment } from '../../fake-data.ts';

it('is cut into stretches of one kind, with their places in both sequences', () => {
  expect(
    stretchesOf(alignment).map(({ kind, reference, candidate, referenceStart, candidateStart }) => [
      kind,
      reference,
      candidate,
      referenceStart,
      candidateStart,
    ]),
  ).toEqual([
    ['same', 'AC', 'AC', 0, 0],
    ['substitution', 'C', 'G', 2, 2],
    ['same', 'T', 'T', 3, 3],
    ['insertion', '-', 'T', 4, 4],
    ['same', 'A', 'A', 4, 5],
    ['deletion', 'G', '-', 5, 6],
    ['same', 'CA', 'CA', 6, 6],
  ]);
  expect(rowsOf(alignment, 4).map((row) => row.map(({ reference }) => reference).join(''))).toEqual([
    'ACCT',
    '-AGC',
    'A',
  ]);
  expect(rowsOf(alignment, 4)[2][0]).toMatchObject({ referenceStart: 7, candidateStart: 7 });
});

it('names differences by their position along the reference', () => {
  expect(differencesOf(alignment)).toEqual(['C3G', 'T inserted after 4', '6 (G) deleted']);
  expect(differencesOf({ reference: '--ACGT', candidate: 'GGA--T' })).toEqual([
    'GG inserted before 1',
    '2–3 (CG) deleted',
  ]);
  expect(differencesOf({ reference: 'AC', candidate: 'AC' })).toEqual([]);
});

it('describes the identity and the reference in words', () => {
  expect(alignmentWords(alignment)).toBe(
    '67% identical: 6 of 9 columns. 1 substitution; 1 base inserted and 1 deleted, in 2 gaps.',
  );
  expect(alignmentWords({ ...alignment, matches: 9, substitutions: 0, insertions: 0, deletions: 0, gaps: 0 })).toBe(
    'Identical: 9 of 9 columns. 0 substitutions; no gap.',
  );
  expect(referenceWords(alignment, true)).toBe('The pasted reference (native), 8 bases.');
  expect(referenceWords({ ...alignment, name: '', of: 3, strand: '-' }, false)).toBe(
    'The nearest of 3 references of this design, 8 bases, as its reverse complement: positions count along that.',
  );
});
