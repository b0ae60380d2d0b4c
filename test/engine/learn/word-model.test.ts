/**
 * @file Linear models of words for several tasks together: against the same fit by its kernel, and what a task gains
 * from another.
 */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { scalesOf, type TrainingSet } from '../../../engine/learn/predictor-training.ts';
import { WordRegression } from '../../../engine/learn/word-model.ts';
import { correlation } from '../../../engine/predictor/sequence/calibration.ts';
import { wordNorm, wordScores, wordsOf } from '../../../engine/predictor/sequence/words.ts';

const random = randomStream(11);
const draw = (length: number) => Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');

/** Two tasks that rise with the same boxes; the second is known of the sequences that `known` names. */
function boxes(count: number, known: (i: number) => boolean): TrainingSet {
  const sequences = Array.from({ length: count }, (_, i) => `${draw(8)}${['GATAAG', 'TGACTC', ''][i % 3]}${draw(24)}`);
  const values = sequences.map((_, i) => {
    const strength = [2, 1, 0][i % 3];
    return Float64Array.of(strength + 0.2 * random.normal(), known(i) ? 3 * strength + 0.6 * random.normal() : NaN);
  });
  const data = { sequences, values };
  const of = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const folds = { training: of(0, count / 2), validation: of(count / 2, count), test: [] };
  return { data, folds, scales: scalesOf(data, folds) };
}

/** Normalised word counts as a map from word to count. */
function row(sequence: string): ReadonlyMap<number, number> {
  const words = wordsOf(sequence, true);
  const norm = wordNorm(words);
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1 / norm);
  return counts;
}

function inner(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [word, count] of a) sum += count * (b.get(word) ?? 0);
  return sum;
}

/** Solves A x = b by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((values, i) => [...values, right[i]]);
  rows.forEach((pivot, k) =>
    rows.forEach((other, i) => {
      if (i === k) return;
      const share = other[k] / pivot[k];
      for (let j = k; j < other.length; j++) other[j] -= share * pivot[j];
    }),
  );
  return rows.map((values, k) => values[values.length - 1] / values[k]);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The same regression by its kernel, with a row a measurement: [tasks][sequences], standardised. */
function byKernel({ data, folds, scales }: TrainingSet, penalty: number, agreement: number): number[][] {
  const words = data.sequences.map(row);
  const kernel = words.map((a) => words.map((b) => inner(a, b)));
  const rowsOf = scales.map((_, task) => folds.training.filter((i) => !Number.isNaN(data.values[i][task])));
  const measured = rowsOf.flatMap((rows, task) => rows.map((i) => ({ i, task })));
  const means = rowsOf.map((rows) => kernel.map((of) => mean(rows.map((a) => of[a]))));
  const grand = rowsOf.map((rows) => means.map((of) => mean(rows.map((a) => of[a]))));
  // Inner product of sequences that are less the mean of what their task was learnt from.
  const centred = (i: number, s: number, j: number, t: number) =>
    kernel[i][j] - means[s][j] - means[t][i] + grand[s][t];
  const prior = (s: number, t: number) => (s === t ? 1 : agreement);
  const gram = measured.map((a, p) =>
    measured.map((b, q) => prior(a.task, b.task) * centred(a.i, a.task, b.i, b.task) + (p === q ? penalty : 0)),
  );
  const wanted = (i: number, task: number) => (data.values[i][task] - scales[task].mean) / scales[task].deviation;
  const middles = rowsOf.map((rows, task) => mean(rows.map((i) => wanted(i, task))));
  const dual = solve(
    gram,
    measured.map(({ i, task }) => wanted(i, task) - middles[task]),
  );
  return scales.map((_, task) =>
    data.sequences.map((_sequence, i) =>
      measured.reduce(
        (sum, b, q) => sum + dual[q] * prior(task, b.task) * centred(i, task, b.i, b.task),
        middles[task],
      ),
    ),
  );
}

const squares = ({ data, folds, scales }: TrainingSet, task: number, predicted: (i: number) => number) => {
  const known = folds.validation.filter((i) => !Number.isNaN(data.values[i][task]));
  return mean(
    known.map((i) => (predicted(i) - (data.values[i][task] - scales[task].mean) / scales[task].deviation) ** 2),
  );
};

describe('words of several tasks', () => {
  it('are cross-validated by fits that have not seen a sequence or its family', () => {
    // Values without any reason, the same within a family: whoever has seen a member of it knows them.
    const cores = Array.from({ length: 30 }, () => draw(30));
    const sequences = cores.flatMap((core) => [core + draw(6), core + draw(6), core + draw(6), core + draw(6)]);
    const noise = cores.map(() => random.normal());
    const data = { sequences, values: sequences.map((_, i) => Float64Array.of(noise[Math.floor(i / 4)])) };
    const folds = {
      training: sequences.map((_, i) => i).filter((i) => i < 100),
      validation: sequences.map((_, i) => i).filter((i) => i >= 100),
      test: [],
    };
    const regression = new WordRegression({ data, folds, scales: scalesOf(data, folds) }, true);
    const [list] = regression.crossValidated(regression.fit().priors);
    expect(list).toHaveLength(100);
    expect(correlation(list)).toBeLessThan(0.4);
  });

  it('are fitted as the kernel of the same words is, with the penalty and the agreement that suit the validation fold, which is learnt from in the end', () => {
    const set = boxes(48, (i) => i % 2 === 0);
    const regression = new WordRegression(set, true);
    const { model, priors } = regression.fit();
    const all = { ...set, folds: { ...set.folds, training: [...set.folds.training, ...set.folds.validation] } };
    const again = regression.refit(priors);
    const candidates = [0, 0.7].flatMap((agreement) =>
      [0.5, 1, 2, 4].map((penalty) => byKernel(set, penalty, agreement)),
    );
    for (const task of [0, 1]) {
      const best = candidates
        .map((fit) => fit[task])
        .sort((a, b) => squares(set, task, (i) => a[i]) - squares(set, task, (i) => b[i]))[0];
      set.data.sequences.forEach((sequence, i) =>
        expect(wordScores(model, sequence, true)[task]).toBeCloseTo(best[i], 2),
      );
      const whole = byKernel(all, priors[task].penalty, priors[task].agreement)[task];
      set.data.sequences.forEach((sequence, i) =>
        expect(wordScores(again, sequence, true)[task]).toBeCloseTo(whole[i], 2),
      );
    }
  });

  it('lend to a task of few measurements what another knows', () => {
    const set = boxes(120, (i) => i % 10 === 0);
    const alone = {
      ...set,
      data: { ...set.data, values: set.data.values.map((both) => both.slice(1)) },
      scales: [set.scales[1]],
    };
    const error = (from: TrainingSet, task: number) => {
      const { model } = new WordRegression(from, true).fit();
      // The sequences whose second value was left out, by what it would be but for the noise.
      const left = set.folds.validation.filter((i) => i % 10 !== 0);
      return mean(
        left.map(
          (i) =>
            (wordScores(model, set.data.sequences[i], true)[task] -
              (3 * [2, 1, 0][i % 3] - set.scales[1].mean) / set.scales[1].deviation) **
            2,
        ),
      );
    };
    expect(error(set, 1)).toBeLessThan(0.9 * error(alone, 0));
  });
});
