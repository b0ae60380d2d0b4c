/** @file Predictors of DNA on the families of their test folds, with the shipped weights. */
import { type MeasuredSequences, mergeMeasurements, splitByFamily } from '../../engine/learn/predictor-data.ts';
import { compare, foldReport } from '../../engine/learn/predictor-report.ts';
import { reliabilityOf } from '../../engine/learn/user-predictor/reliability.ts';
import { readPredictor } from '../../engine/predictor/sequence/checkpoint.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { readResource } from '../../host/chemistry/chemistry.ts';
import { csvRows } from './csv.ts';
import { Card, type Check, type Figure } from './figures.ts';

interface Source {
  readonly model: string;
  /** Cells of the card's rows, and the words of their headers. */
  readonly tasks: readonly string[];
  readonly counted: string;
  read(data: string): MeasuredSequences;
}

/** Half a unit of the last digit in the card; the predictions use the same weights. */
const NOISE = { correlation: 0.0006, error: 0.006, coverage: 0.06, count: 0 };

const lentimpra: Source = {
  model: 'lentimpra',
  tasks: ['HepG2', 'K562', 'WTC11'],
  counted: 'elements',
  read: (data) => lentimpraTable(`${data}/dna/lentimpra_hepg2_k562_wtc11.csv.gz`),
};
const yeast: Source = {
  model: 'yeast-promoter',
  tasks: ['expr_ypd', 'expr_scura'],
  counted: 'promoters',
  read: (data) => yeastTable(`${data}/dna/yeast_promoters_80bp_two_media.csv.gz`),
};

/** One row per sequence, as models/lentimpra/table.py writes it: means to four decimals. */
function lentimpraTable(file: string): MeasuredSequences {
  const rows = new Map<string, number[][]>();
  for (const { seq200, cell, log2_rna_dna: value } of csvRows(file)) {
    const values = rows.get(seq200) ?? lentimpra.tasks.map(() => []);
    values[lentimpra.tasks.indexOf(cell)].push(Number(value));
    rows.set(seq200, values);
  }
  const mean = (values: readonly number[]) =>
    values.length === 0 ? NaN : Number((values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(4));
  return { sequences: [...rows.keys()], values: [...rows.values()].map((values) => Float64Array.from(values, mean)) };
}

function yeastTable(file: string): MeasuredSequences {
  const rows = csvRows(file);
  const number = (text: string) => (text === '' ? NaN : Number(text));
  return {
    sequences: rows.map(({ seq }) => seq),
    values: rows.map((row) => Float64Array.from(yeast.tasks, (task) => number(row[task]))),
  };
}

function checkOf({ model, tasks, counted, read }: Source): Check {
  return {
    model,
    async figures(data) {
      const card = new Card(`models/${model}/README.md`);
      const predictor = readPredictor(readResource(`${model}/${model}.safetensors`));
      const measured = mergeMeasurements(read(data), predictor.bothStrands);
      // The seed of every shipped training.
      const { test } = splitByFamily(measured.sequences, 1);
      const compared = await compare(predictor, { data: measured }, test, ortDevice({ id: 'cpu', threads: 2 }));
      const reliability = compared.map((list, task) => ({
        name: tasks[task],
        points: reliabilityOf('regression', list),
      }));
      const figures = tasks.flatMap((name, task): Figure[] => {
        const { correlation, rmse, coverage, count } = foldReport(compared[task]);
        return [
          {
            name: `${name}: correlation`,
            stated: card.row('test: correlation')[task],
            measured: correlation,
            noise: NOISE.correlation,
          },
          { name: `${name}: error`, stated: card.row('test: error')[task], measured: rmse, noise: NOISE.error },
          {
            name: `${name}: % within 1.645 errors`,
            stated: card.row('test: within 1.645 errors')[task],
            measured: 100 * coverage,
            noise: NOISE.coverage,
          },
          {
            name: `${name}: ${counted}`,
            stated: card.row(`test: ${counted}`)[task],
            measured: count,
            noise: NOISE.count,
          },
        ];
      });
      return { figures, reliability };
    },
  };
}

export const sequencePredictors: readonly Check[] = [checkOf(lentimpra), checkOf(yeast)];
