/**
 * Composition, references, reading frames and repeats against Biopython, SciPy and comparison of substrings:
 * test/fixtures/dna/composition.py.
 */
import { describe, expect, test } from 'vitest';
import { align, identity } from '../../../engine/dna/alignment.ts';
import { cpgRatio, linguisticComplexity, longestRun } from '../../../engine/dna/composition.ts';
import { iupacReverseComplement } from '../../../engine/dna/iupac.ts';
import { jensenShannon, kmers, kmerShares, oppositeKmer } from '../../../engine/dna/kmers.ts';
import { readingFrames, startCodons } from '../../../engine/dna/reading-frames.ts';
import {
  longestDirectRepeat,
  longestInvertedRepeat,
  longestStem,
  palindromes,
  stems,
} from '../../../engine/dna/repeats.ts';
import { compositionRows } from '../../fixtures/dna/read.ts';

const { references, rows } = compositionRows();

function expectNear(value: number | null, expected: number | null): void {
  if (expected === null || value === null) expect(value).toBe(expected);
  else expect(Math.abs(value - expected)).toBeLessThan(1e-9);
}

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe.each(rows.map((row, i) => [i, row] as const))('sequence %i', (_, row) => {
  const { sequence } = row;

  test('composition', () => {
    expectNear(cpgRatio(sequence), row.cpg);
    expect({
      A: longestRun(sequence, 'A'),
      C: longestRun(sequence, 'C'),
      G: longestRun(sequence, 'G'),
      T: longestRun(sequence, 'T'),
    }).toEqual(row.runs);
    expect(longestRun(sequence)).toBe(Math.max(...Object.values(row.runs)));
    const complexities = [
      linguisticComplexity(sequence, 1, 6),
      linguisticComplexity(sequence, 3, 3),
      linguisticComplexity(sequence, 2, 8),
    ];
    complexities.forEach((value, i) => expectNear(value, row.complexity[i]));
  });

  test('references', () => {
    const countings = [
      { k: 4, bothStrands: true },
      { k: 2, bothStrands: false },
      { k: 6, bothStrands: false },
    ];
    countings.forEach((counting, i) => {
      const [own, theirs] = [kmerShares([sequence], counting), kmerShares(references, counting)];
      expectNear(own && jensenShannon(own, theirs!), row.divergence[i]);
    });
    const alignments = references.map((reference) => align(sequence, reference));
    expect(Math.min(...alignments.map(({ distance }) => distance))).toBe(row.distance);
    expectNear(Math.max(...alignments.map(identity)), row.identity);
  });

  test('reading frames on either strand', () => {
    [sequence, iupacReverseComplement(sequence)].forEach((strand, i) => {
      expect(startCodons(strand)).toBe(row.starts[i]);
      expect(ascending(readingFrames(strand))).toEqual(row.frames[i]);
    });
  });

  test('repeats', () => {
    expect(longestDirectRepeat(sequence)).toBe(row.direct);
    expect(longestInvertedRepeat(sequence)).toBe(row.inverted);
    expect(longestStem(sequence, 3)).toBe(row.hairpin);
    const found = stems(sequence, 4, 3).map(({ start, stem, loop }) => [start, stem, loop]);
    expect(found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])).toEqual(row.stems);
    expect(ascending(palindromes(sequence, 4))).toEqual(row.palindromes);
  });
});

test('k-mers are numbers in base 4, and their opposites read the other strand', () => {
  expect([...kmers('ACGT', 2)]).toEqual([0b0001, 0b0110, 0b1011]);
  expect([...kmers('ACG', 4)]).toEqual([]);
  expect(oppositeKmer(0b0001, 2)).toBe(0b1011);
  expect(kmerShares(['A', 'C'], { k: 3, bothStrands: false })).toBeNull();
});

test('an odd least length of a palindrome means the next even one', () => {
  expect(palindromes('GAATTC', 5)).toEqual([6]);
  expect(palindromes('AATT', 5)).toEqual([]);
});
