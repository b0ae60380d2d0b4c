import { describe, expect, test } from 'vitest';
import { crossDna, dnaEditShares, type DnaLimits, type DnaParent, mutateDna } from '../../../engine/dna/edits.ts';
import { type RandomStream, randomStream } from '../../../engine/generator/random.ts';

const free = (sequence: string): DnaParent => ({ sequence, kept: [] });

const lengths = (minLength: number, maxLength: number): DnaLimits => ({ minLength, maxLength });

/** Different results of many streams, in order. */
function results(make: (random: RandomStream) => string | null, streams = 500): string[] {
  return [...new Set(Array.from({ length: streams }, (_, i) => make(randomStream(9, i)) ?? []).flat())].sort();
}

function randomDna(length: number, random: RandomStream): string {
  return Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');
}

describe('mutation', () => {
  test('of two bases gives every neighbour', () => {
    const children = results((random) => mutateDna(free('AC'), 1, lengths(1, 3), random), 2000);
    const substituted = ['CC', 'GC', 'TC', 'AA', 'AG', 'AT'];
    const inserted = ['AAC', 'CAC', 'GAC', 'TAC', 'ACC', 'AGC', 'ATC', 'ACA', 'ACG', 'ACT'];
    expect(children).toEqual([...substituted, ...inserted, 'A', 'C'].sort());
  });

  test('keeps to the lengths', () => {
    const fixed = results((random) => mutateDna(free('ACGTACGT'), 3, lengths(8, 8), random));
    expect(new Set(fixed.map((child) => child.length))).toEqual(new Set([8]));
    const open = results((random) =>
      mutateDna(free('ACGTACGT'), 6, lengths(7, 9), random, { ...dnaEditShares, deletion: 2, insertion: 2 }),
    );
    expect(new Set(open.map((child) => child.length))).toEqual(new Set([7, 8, 9]));
  });

  test('leaves kept bases alone, and the places between them', () => {
    const parent = {
      sequence: 'AATATAAGG',
      kept: [
        { start: 1, end: 5 },
        { start: 3, end: 7 },
      ],
    };
    for (const child of results((random) => mutateDna(parent, 4, lengths(1, 20), random)))
      expect(child).toContain('ATATAA');
  });

  test('shifts kept bases with insertions and deletions', () => {
    const parent = { sequence: 'GGGGTATAAAGGGG', kept: [{ start: 4, end: 10 }] };
    const shares = { substitution: 0, insertion: 1, deletion: 1 };
    for (const child of results((random) => mutateDna(parent, 12, lengths(8, 30), random, shares)))
      expect(child).toContain('TATAAA');
  });

  test('edits kept bases if there are no others', () => {
    const parent = { sequence: 'ACGT', kept: [{ start: 0, end: 4 }] };
    expect(results((random) => mutateDna(parent, 1, lengths(4, 4), random))).toHaveLength(12);
  });

  test('makes edits as often as the shares say', () => {
    const sequence = randomDna(60, randomStream(1));
    const counts = new Map<number, number>();
    const draws = 5000;
    for (let i = 0; i < draws; i++) {
      const change = mutateDna(free(sequence), 1, lengths(1, 100), randomStream(2, i))!.length - sequence.length;
      counts.set(change, (counts.get(change) ?? 0) + 1);
    }
    expect(counts.get(0)! / draws).toBeCloseTo(0.8, 1.5);
    expect(counts.get(1)! / draws).toBeCloseTo(0.1, 1.5);
    expect(counts.get(-1)! / draws).toBeCloseTo(0.1, 1.5);
  });

  test('gives none where nothing is possible', () => {
    expect(mutateDna(free(''), 1, lengths(0, 0), randomStream(1))).toBeNull();
    expect(mutateDna(free('AC'), 1, lengths(5, 9), randomStream(1))).toBeNull();
    expect(mutateDna(free('ACGT'), 1, { ...lengths(1, 9), isAllowed: () => false }, randomStream(1))).toBeNull();
  });
});

describe('crossover', () => {
  test('at one point gives every beginning with every end', () => {
    const children = results((random) => crossDna(free('AAAA'), free('CCCC'), 1, lengths(4, 4), random));
    expect(children).toEqual(['AAAC', 'AACC', 'ACCC']);
  });

  test('at two points puts a part of one into the other', () => {
    const children = results((random) => crossDna(free('AAAA'), free('CCCC'), 2, lengths(4, 4), random));
    expect(children).toEqual(['AACA', 'ACAA', 'ACCA']);
  });

  test('does not cut kept intervals of either parent', () => {
    const a = { sequence: 'AAAAAAAAAA', kept: [{ start: 2, end: 6 }] };
    const b = { sequence: 'CCCCCCCCCC', kept: [{ start: 5, end: 9 }] };
    // A can be cut at 1, 2, 6, 7, 8 and 9, and C at 1 to 5 and 9. C is cut at the nearest place of a possible length.
    const equal = results((random) => crossDna(a, b, 1, lengths(10, 10), random));
    expect(equal).toEqual(['AAAAAAAAAC', 'AACCCCCCCC', 'ACCCCCCCCC']);
    const open = results((random) => crossDna(a, b, 1, lengths(9, 11), random));
    expect(open).toEqual(['AAAAAAAAAC', 'AAAAAAAAC', 'AAAAAACCCCC', 'AACCCCCCCC', 'ACCCCCCCCC'].sort());
    for (const child of results((random) => crossDna(a, b, 2, lengths(1, 20), random)))
      expect(child).toMatch(/^(A{1,2}C+A{8}|(A{1,2}|A{6,9})C+A{1,4})$/);
  });

  test('cuts kept intervals if there is no other place', () => {
    const kept = [{ start: 0, end: 4 }];
    const children = results((random) =>
      crossDna({ sequence: 'AAAA', kept }, { sequence: 'CCCC', kept }, 1, lengths(4, 4), random),
    );
    expect(children).toEqual(['AAAC', 'AACC', 'ACCC']);
  });

  test.each([1, 2] as const)('at %d points of random parents is new and within the limits', (points) => {
    const random = randomStream(4);
    let found = 0;
    for (let i = 0; i < 300; i++) {
      const [a, b] = [0, 1].map(() => {
        const length = 20 + random.below(20);
        const start = random.below(length - 6);
        return { sequence: randomDna(length, random), kept: [{ start, end: start + 6 }] };
      });
      const limits = { ...lengths(22, 36), isAllowed: (sequence: string) => !sequence.startsWith('A') };
      const child = crossDna(a, b, points, limits, randomStream(5, i));
      expect(child).toBe(crossDna(a, b, points, limits, randomStream(5, i)));
      if (child === null) continue;
      found++;
      expect(child).toMatch(/^[CGT][ACGT]{21,35}$/);
      expect([a.sequence, b.sequence]).not.toContain(child);
    }
    expect(found).toBeGreaterThan(150);
  });

  test.each([
    ['A', 'C', 1],
    ['AC', 'GT', 2],
    ['ACGT', 'ACGT', 1],
  ] as const)('of %s and %s at %d points gives none', (a, b, points) => {
    expect(crossDna(free(a), free(b), points, lengths(1, 9), randomStream(1))).toBeNull();
  });
});
