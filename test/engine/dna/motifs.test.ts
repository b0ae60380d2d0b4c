/** Hits against MOODS 1.9.4.1 on 200 sequences with 24 motifs, p-values against the sum over all windows. */
import { expect, test } from 'vitest';
import { iupacReverseComplement } from '../../../engine/dna/iupac.ts';
import { type Motif, parseMotifs } from '../../../engine/dna/motif-formats.ts';
import {
  logOdds,
  MotifFinder,
  type MotifHit,
  MotifMatrix,
  withoutOverlaps,
  wordsOf,
} from '../../../engine/dna/motifs.ts';
import { shippedMotifs } from '../../../engine/objectives/families/dna/motif-library.ts';
import { readResource } from '../../../host/chemistry/chemistry.ts';
import { motifRows } from '../../fixtures/dna/read.ts';

const { p, pseudocount, sequences, motifs } = motifRows();
const library = shippedMotifs(readResource);
const words = sequences.map(wordsOf);

function finder(id: string, gc: number, chance = p): MotifFinder {
  const motif = library.find(id);
  if (motif?.id !== id) throw new Error(`${id} is missing`);
  return new MotifFinder(motif, { p: chance, gc, pseudocount, bothStrands: true });
}

const place = (sequence: number, { start, strand }: Pick<MotifHit, 'start' | 'strand'>) =>
  `${sequence} ${start} ${strand}`;

/** For which some window is rare enough; MOODS gives the best windows of the others, whatever their chance. */
const reachable = motifs.filter(({ rarest }) => rarest <= p);

test('scores equal those of MOODS, and so do the hits but for those whose p-value is the threshold within rounding', () => {
  const differing = reachable.flatMap(({ id, gc, hits }) => {
    const expected = new Map(
      hits.map(([sequence, start, strand, score]) => [place(sequence, { start, strand }), score]),
    );
    const one = finder(id, gc, 1.02 * p);
    const found = words.flatMap((text, i) => one.hits(text).map((hit) => [place(i, hit), hit] as const));
    const wrong = found.filter(([at, hit]) =>
      expected.has(at) ? Math.abs(hit.score - (expected.get(at) as number)) > 2e-6 : hit.p < 0.98 * p,
    );
    const missed = [...expected.keys()].filter((at) => !found.some(([known]) => known === at));
    return [
      ...wrong.map(([at, hit]) => `${id} ${at}: ${hit.score} p ${hit.p} for ${expected.get(at)}`),
      ...missed.map((at) => `${id} ${at} is missing`),
    ];
  });
  expect(differing).toEqual([]);
  expect(reachable.reduce((sum, { hits }) => sum + hits.length, 0)).toBe(493);
});

test('thresholds equal those of MOODS within the steps of both', () => {
  const far = reachable
    .map(({ id, gc, threshold }) => [id, finder(id, gc).threshold - threshold] as const)
    .filter(([, difference]) => Math.abs(difference) > 0.02);
  expect(far).toEqual([]);
});

test('p-values of short motifs equal the sum over all windows within 1%', () => {
  const far = motifs.flatMap(({ id, gc, exact }) =>
    exact.flatMap(([score, chance]) => {
      // Some score within rounding of the given one has a chance between 0.99 and 1.01 times the exact one.
      const [more, less] = [1.01, 0.99].map((factor) => finder(id, gc, chance * factor).threshold);
      return more < less && more <= score + 0.005 && less > score - 0.005
        ? []
        : [`${id}: ${chance} lies from ${more} to below ${less}, not at ${score}`];
    }),
  );
  expect(far).toEqual([]);
});

test('the best window has the highest of all sums of log-odds on both strands', () => {
  for (const { id, gc, best } of motifs) {
    const motif = library.find(id) as Motif;
    const matrix = new MotifMatrix(motif, { gc, pseudocount, bothStrands: true });
    expect(matrix.range[1]).toBeCloseTo(best, 5);
    const scores = logOdds(motif, { gc, pseudocount });
    for (const [i, text] of sequences.slice(0, 25).entries()) {
      const expected = Math.max(bestWindow(scores, text), bestWindow(scores, iupacReverseComplement(text)));
      expect(matrix.best(words[i])?.score ?? -Infinity).toBeCloseTo(expected, 2);
    }
  }
});

function bestWindow(scores: Float64Array, text: string): number {
  const width = scores.length / 4;
  const starts = Array.from({ length: Math.max(0, text.length - width + 1) }, (_, start) => start);
  return Math.max(
    ...starts.map((start) =>
      [...text.slice(start, start + width)].reduce((sum, base, i) => sum + scores[4 * i + 'ACGT'.indexOf(base)], 0),
    ),
  );
}

test('a sequence shorter than the motif has no hits and no best window', () => {
  const one = finder('MA0139.2', 0.5);
  expect(one.hits(wordsOf('ACGT'))).toEqual([]);
  expect(one.best(wordsOf('ACGT'))).toBeNull();
});

test('a p-value that no score reaches gives no hits', () => {
  const beyond = motifs.filter(({ rarest }) => rarest > p).map(({ id, gc }) => finder(id, gc));
  expect(beyond.map((one) => words.flatMap((text) => one.hits(text)).length)).toEqual([0, 0, 0]);
  const [tata] = parseMotifs('>T tata\nA [ 0 9 0 9 ]\nC [ 0 0 0 0 ]\nG [ 0 0 0 0 ]\nT [ 9 0 9 0 ]\n');
  const settings = { gc: 0.5, pseudocount, bothStrands: false };
  const counts = [4 ** -4, 0.99 * 4 ** -4].map(
    (chance) => new MotifFinder(tata, { ...settings, p: chance }).hits(wordsOf('TATATA')).length,
  );
  expect(counts).toEqual([2, 0]);
});

test('of overlapping hits the best is kept', () => {
  const hit = (start: number, score: number): MotifHit => ({ start, end: start + 5, strand: '+', score, p: 0 });
  expect(withoutOverlaps([hit(0, 3), hit(4, 5), hit(8, 4), hit(9, 4)]).map(({ start }) => start)).toEqual([4, 9]);
  expect(withoutOverlaps([hit(0, 3), hit(2, 3), hit(5, 1)]).map(({ start }) => start)).toEqual([0, 5]);
});
