/**
 * @file User predictors of DNA: what becomes of a table's rows, and cross-validation by family on invented data that
 * follow a rule or none.
 */
import { describe, expect, test } from 'vitest';
import { iupacReverseComplement } from '../../../../engine/dna/iupac.ts';
import { randomStream } from '../../../../engine/generator/random.ts';
import { dnaSettings, trainUserDna } from '../../../../engine/learn/user-predictor/dna.ts';
import { gatherSequences } from '../../../../engine/learn/user-predictor/sequences.ts';
import type { Task } from '../../../../engine/learn/user-predictor/task.ts';
import { isInDomain } from '../../../../engine/predictor/sequence/applicability.ts';
import { readPredictor, writePredictor } from '../../../../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../../../../engine/predictor/sequence/ensemble.ts';
import { ortDevice } from '../../../../engine/tensor/ort.ts';

const device = ortDevice({ id: 'cpu', threads: 1 });
const task: Task = {
  kind: 'regression',
  column: 'activity',
  name: 'activity',
  unit: 'log2',
  measuredUnit: 'log2',
  transform: 'none',
  classes: null,
  style: { decimalComma: false },
};
const random = randomStream(11);
const draw = (length: number) => Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');
const boxes = (sequence: string) =>
  [sequence, iupacReverseComplement(sequence)].reduce((sum, one) => sum + one.split('TATAAA').length - 1, 0);

/** 40 bases, of which every other has a TATA box. */
function rowsOf(count: number, value: (sequence: string) => number) {
  return Array.from({ length: count }, (_, i) => {
    const structure = i % 2 ? draw(40) : `${draw(10 + (i % 9))}TATAAA${draw(24 - (i % 9))}`;
    return { line: i + 2, structure, value: value(structure).toFixed(4) };
  });
}

describe('rows', () => {
  const one = 'ACGTTTGACCATTGACCATG';

  test('are read, merged over strands and told about one by one', () => {
    const row = (line: number, structure: string, value: string) => ({ line, structure, value });
    const rows = [
      row(2, one, '1'),
      row(3, iupacReverseComplement(one), '3'),
      row(4, one.toLowerCase(), ''),
      row(5, 'ACGTNACGTACGTACGT', '1'),
      row(6, 'ACGT', '1'),
      row(7, 'A'.repeat(2000), '1'),
      row(8, 'GGGGGCCCCATTTACCCCA', '>5'),
      row(9, 'GGGGGCCCCATTTACCCCA', 'high'),
      row(10, '1 acgtttgacc attgaccatg', '2'),
    ];
    const { sequences, report } = gatherSequences(rows, task, true);
    expect(sequences).toEqual([{ text: one, value: 2, lines: [2, 3, 10], family: '0' }]);
    expect(report).toMatchObject({ rows: 9, kept: 1, withoutValue: 1, duplicates: 2, families: 1 });
    expect(report.unreadable.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'not DNA: "N" at position 5 stands for several bases'],
      [6, '4 bases; at least 15 are needed'],
      [7, '2000 bases; at most 1000 can be learnt from'],
    ]);
    expect(report.badValues.map(({ reason }) => reason)).toEqual([
      'a bound, which DNA predictors cannot learn from',
      '"high" is not a number',
    ]);
    expect(gatherSequences(rows, task, false).report).toMatchObject({ kept: 2, duplicates: 1 });
  });
});

describe('cross-validation', () => {
  const options = {
    task,
    wanted: 'lower' as const,
    bothStrands: true,
    seed: 1,
    epochs: 12,
    history: { data: 'mine.csv' },
  };

  test('finds a law, says so, and makes a predictor that knows its like', async () => {
    const { sequences } = gatherSequences(
      rowsOf(160, (sequence) => 2 * boxes(sequence) + 0.1 * random.normal()),
      task,
      true,
    );
    const shares: number[] = [];
    const { predictor, validation, verdict, figures } = await trainUserDna(sequences, options, device, (share) =>
      shares.push(share),
    );
    expect(validation.rows).toHaveLength(sequences.length);
    expect(new Set(validation.rows.map(({ text }) => text)).size).toBe(sequences.length);
    expect(figures.model.r2).toBeGreaterThan(0.5);
    expect(verdict.tier).not.toBe('refused');
    expect(verdict.text).toMatch(/^Predicts unseen families with R2 0\.\d\d: usable/);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const read = readPredictor(writePredictor(predictor, 'F32'));
    expect(read.tasks[0]).toMatchObject({ name: 'activity', unit: 'log2', wanted: 'lower' });
    expect(read.members).toHaveLength(5);
    const ensemble = await Ensemble.create(device, read);
    const [withBox, without] = await ensemble.predict([
      `${draw(17)}TATAAA${draw(17)}`,
      'ACGCTGACTGCAACGGTCATGCCAGTTGCAACTGGCATCG',
    ]);
    await ensemble.dispose();
    expect(withBox![0].value).toBeGreaterThan(without![0].value + 0.5);
    expect(withBox![0].error).toBeGreaterThan(0);
    expect([isInDomain(sequences[0].text, read), isInDomain('AC'.repeat(20), read)]).toEqual([true, false]);
  }, 60_000);

  test('refuses to promise where there is no law', async () => {
    const { sequences } = gatherSequences(
      rowsOf(60, () => random.normal()),
      task,
      true,
    );
    const { verdict } = await trainUserDna(sequences, { ...options, epochs: 4 }, device, () => undefined);
    expect(verdict).toMatchObject({
      tier: 'refused',
      text: expect.stringContaining('unreliable, so it cannot be a goal') as string,
    });
  }, 60_000);

  test('a network fits the lengths and the number of the sequences', () => {
    const of = (count: number, length: number) =>
      dnaSettings(
        Array.from({ length: count }, () => ({ text: 'A'.repeat(length), value: 1, lines: [1], family: '0' })),
        { bothStrands: true, seed: 1 },
      );
    expect(of(1000, 200)).toMatchObject({
      epochs: 20,
      batch: 32,
      network: { length: 200, blocks: [{ pool: 4 }, { pool: 2 }, { pool: 2 }] },
    });
    expect(of(40, 20)).toMatchObject({
      epochs: 40,
      batch: 5,
      network: { length: 20, blocks: [{ pool: 2 }, { pool: 2 }, { pool: 1 }] },
    });
  });
});
