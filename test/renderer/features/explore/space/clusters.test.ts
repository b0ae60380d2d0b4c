/** @file Clusters against RDKit's Butina, and sphere exclusion against comparing with every centre. */
import { describe, expect, it } from 'vitest';
import { butina, cluster, mostForButina, spheres } from '../../../../../renderer/features/explore/space/clusters.ts';
import { type Fingerprints, similarityOf } from '../../../../../renderer/features/explore/space/fingerprints.ts';
import { all, fixture, molecules, quiet, sequences, sizesFor } from './given.ts';

/** Each number joins the first centre that it is near to, or becomes one. */
function oneByOne(fingerprints: Fingerprints, numbers: Int32Array, least: number): number[][] {
  const similarity = similarityOf(fingerprints, sizesFor(fingerprints));
  const clusters: number[][] = [];
  for (const number of numbers) {
    const near = clusters.find(([centre]) => similarity.of(number, centre) >= least);
    if (near) near.push(number);
    else clusters.push([number]);
  }
  return clusters;
}

describe('Butina’s method', () => {
  it.each(fixture.butina)(
    'finds RDKit’s clusters, in its order (similarity $similarity)',
    ({ similarity, clusters }) => {
      const found = butina(molecules, sizesFor(molecules), all(molecules), similarity, quiet);
      const sorted = ([centre, ...others]: readonly number[]): number[] => [
        centre,
        ...others.toSorted((a, b) => a - b),
      ];
      expect(found.map(sorted)).toEqual(clusters.map(sorted));
    },
  );
});

describe('sphere exclusion', () => {
  it.each([0.15, 0.25, 0.5, 1])('finds what comparing with every centre finds (similarity %d)', (least) => {
    const numbers = all(molecules).toReversed();
    expect(spheres(molecules, sizesFor(molecules), numbers, least, quiet)).toEqual(oneByOne(molecules, numbers, least));
  });

  it('does so with counts of DNA too', () => {
    const found = spheres(sequences, sizesFor(sequences), all(sequences), 0.35, quiet);
    expect(found).toEqual(oneByOne(sequences, all(sequences), 0.35));
    expect(found.length).toBeGreaterThan(5);
    expect(found.length).toBeLessThan(115);
  });
});

describe('clusters', () => {
  it('are numbered by size, and say which candidates are in none', () => {
    const numbers = all(molecules).subarray(10);
    const { method, of, centres } = cluster(molecules, sizesFor(molecules), numbers, 0.15, quiet);
    const sizes = Array.from(centres, (_, index) => of.filter((one) => one === index).length);
    expect(method).toBe('butina');
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(Array.from(centres, (centre) => of[centre])).toEqual(Array.from(centres, (_, index) => index));
    expect([...of.subarray(0, 10)].every((one) => one === -1)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(numbers.length);
  });

  it('of more candidates than Butina’s method takes come from sphere exclusion, with the best as centres', () => {
    const many: Fingerprints = {
      kind: 'bits',
      count: mostForButina + 1,
      rows: new Uint32Array(32 * (mostForButina + 1)).fill(1),
    };
    const { method, centres } = cluster(many, sizesFor(many), all(many).toReversed(), 0.5, quiet);
    expect(method).toBe('spheres');
    expect([...centres]).toEqual([mostForButina]);
  });
});
