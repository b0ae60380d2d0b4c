/**
 * @file Principal components against NumPy's singular value decomposition, UMAP against the neighbours that it is to
 * keep.
 */
import { describe, expect, it } from 'vitest';
import { FingerprintStretches, similarityOf } from '../../../../../renderer/features/explore/space/fingerprints.ts';
import { principalComponents } from '../../../../../renderer/features/explore/space/pca.ts';
import { sampleOf } from '../../../../../renderer/features/explore/space/sample.ts';
import { layOut, nearest } from '../../../../../renderer/features/explore/space/umap.ts';
import { all, fixture, molecules, quiet, sequences, sizesFor } from './given.ts';

describe('principal components', () => {
  it.each([
    ['molecules', molecules, fixture.pca],
    ['DNA', sequences, fixture.countsPca],
  ] as const)('are those of NumPy (%s)', (_, fingerprints, reference) => {
    const pca = principalComponents(fingerprints, sizesFor(fingerprints), all(fingerprints), quiet);
    if (pca === null) throw new Error('There are no components.');
    pca.shares.forEach((share, i) => expect(share).toBeCloseTo(reference.shares[i], 9));
    [pca.x, pca.y].forEach((axis, i) => {
      const theirs = reference.coordinates.map((row) => row[i]);
      const sign = Math.sign(axis.reduce((sum, value, at) => sum + value * theirs[at], 0));
      axis.forEach((value, at) => expect(sign * value).toBeCloseTo(theirs[at], 5));
    });
  });

  it('leave a candidate without a fingerprint out, and say if all candidates are the same', () => {
    const rows = molecules.rows.slice(0, 32 * 3);
    rows.fill(0, 32, 64);
    const given = { kind: 'bits', count: 3, rows } as const;
    const pca = principalComponents(given, sizesFor(given), Int32Array.of(0, 2), quiet);
    expect(pca?.x[1]).toBeNaN();
    expect(pca?.shares[0]).toBeCloseTo(1, 9);
    expect(principalComponents(given, sizesFor(given), Int32Array.of(0), quiet)).toBeNull();
  });
});

describe('UMAP', () => {
  it('gives the same map each time, in which most neighbours stay near', () => {
    const numbers = all(sequences);
    const sizes = sizesFor(sequences);
    const [first, second] = [0, 1].map(() => layOut(sequences, sizes, numbers, quiet));
    expect(first).toEqual(second);
    const { indices } = nearest(sequences, sizes, numbers, quiet);
    const kept = ({ x, y }: { x: Float32Array; y: Float32Array }): number => {
      const distance = (a: number, b: number): number => Math.hypot(x[a] - x[b], y[a] - y[b]);
      const shares = indices.map((near, i) => {
        const inMap = [...numbers].sort((a, b) => distance(i, a) - distance(i, b)).slice(0, 15);
        return near.filter((one) => inMap.includes(one)).length / 15;
      });
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    const pca = principalComponents(sequences, sizes, numbers, quiet);
    // By chance, an eighth of them would stay near.
    expect(kept(first)).toBeGreaterThan(0.35);
    expect(kept(first)).toBeGreaterThan(pca === null ? 1 : kept(pca));
  });

  it('finds the nearest by comparing all pairs', () => {
    const numbers = all(sequences);
    const similarity = similarityOf(sequences, sizesFor(sequences));
    const { indices, distances } = nearest(sequences, sizesFor(sequences), numbers, quiet);
    const order = [...numbers]
      .filter((one) => one !== 7)
      .sort((a, b) => similarity.of(7, b) - similarity.of(7, a) || a - b);
    expect(indices[7]).toEqual([7, ...order.slice(0, 14)]);
    expect(distances[7][14]).toBeCloseTo(1 - similarity.of(7, order[13]), 12);
  });

  it('draws the same sample of many, and takes few as they are', () => {
    const many = Int32Array.from({ length: 5000 }, (_, i) => 3 * i).toReversed();
    const sample = sampleOf(many, 100);
    expect(sample).toEqual(sampleOf(many, 100));
    expect(new Set(sample).size).toBe(100);
    expect([...sample].every((one, i) => one % 3 === 0 && (i === 0 || one > sample[i - 1]))).toBe(true);
    expect([...sampleOf(Int32Array.of(4, 1, 2), 3)]).toEqual([1, 2, 4]);
  });
});

it('joins batches of fingerprints, and rejects one that does not follow', () => {
  const text = (from: number, to: number): string =>
    Buffer.from(fixture.bits.slice(from, to).join(''), 'hex').toString('base64');
  const stretches = new FingerprintStretches();
  stretches.add({ count: 300, from: 0, kind: 'bits', rows: text(0, 2) });
  stretches.add({ count: 300, from: 2, kind: 'bits', rows: text(2, 5) });
  expect(stretches.fingerprints).toEqual({ kind: 'bits', count: 5, rows: molecules.rows.slice(0, 160) });
  expect(() => stretches.add({ count: 300, from: 9, kind: 'bits', rows: text(9, 10) })).toThrow(/do not follow 5/);
});
