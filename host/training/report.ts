/**
 * @file Text about a table and the predictor trained on it, as lines for the command line and model cards.
 */
import type { UserPredictorFigures } from '../../engine/learn/user-predictor/assemble.ts';
import type { RowReport } from '../../engine/learn/user-predictor/molecules.ts';
import type { Task } from '../../engine/learn/user-predictor/task.ts';
import { moleculeWords } from '../../engine/learn/user-predictor/verdict.ts';
import { delimiterWords } from '../intake/delimiter.ts';
import { problemText } from '../intake/report.ts';
import type { Table } from '../intake/table.ts';

/** Rows listed per problem. */
const NAMED = 5;

/** "mine.csv: 812 rows, semicolon-separated; columns: ..." */
export function tableLine({ file, format, delimiter, columns, rows }: Table): string {
  return `${file}: ${rows.length} rows, ${formatText({ format, delimiter })}; columns: ${columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`;
}

/** "XLSX", or "semicolon-separated". */
export function formatText({ format, delimiter }: Pick<Table, 'format' | 'delimiter'>): string {
  return delimiter === null ? format.toUpperCase() : `${delimiterWords[delimiter]}-separated`;
}

const several = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What happened to the rows. */
export function rowLines(report: RowReport, task: Task, place: string): string[] {
  const {
    rows,
    unreadable,
    withoutValue,
    badValues,
    stripped,
    neutralised,
    duplicates,
    disagreements,
    above,
    below,
    approximate,
    kept,
  } = report;
  const some = (count: number, line: string) => (count === 0 ? [] : [line]);
  return [
    `${several(rows, 'row')}: ${several(kept, 'different molecule')} with a value of ${quantityText(task)}.`,
    ...some(withoutValue, `${several(withoutValue, 'row has', 'rows have')} no value.`),
    ...some(
      unreadable.length,
      `${several(unreadable.length, 'structure')} cannot be read: ${problemText(unreadable, place)}.`,
    ),
    ...some(badValues.length, `${several(badValues.length, 'cell')} cannot be used: ${problemText(badValues, place)}.`),
    ...some(
      stripped,
      `Salts and solvents are removed in ${several(stripped, 'row')}: only the largest fragment is kept.`,
    ),
    ...some(neutralised, `Charges are neutralised in ${several(neutralised, 'row')}.`),
    ...some(
      above + below,
      `${several(above + below, 'row gives', 'rows give')} a bound instead of a value (${above} "above", ${below} "below" on the learnt scale). They are learnt as bounds and not counted in the figures.`,
    ),
    ...some(approximate, `${several(approximate, 'value is', 'values are')} marked as approximate and used unchanged.`),
    ...some(
      duplicates,
      `${several(duplicates, 'row repeats', 'rows repeat')} a molecule: the ${task.kind === 'regression' ? 'median of its values' : 'majority of its classes'} is learnt.`,
    ),
    ...some(
      disagreements.length,
      `${several(disagreements.length, 'molecule has', 'molecules have')} conflicting values: ${disagreements
        .slice(0, NAMED)
        .map(
          ({ smiles, lines, values, kept: isKept }) =>
            `${smiles} (${place}s ${lines.join(', ')}: ${values.map(short).join(', ')}${isKept ? '' : '; omitted'})`,
        )
        .join('; ')}${disagreements.length > NAMED ? '; ...' : ''}.`,
    ),
  ];
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** "pIC50 (-log10(M))" */
export function quantityText({ name, unit }: Pick<Task, 'name' | 'unit'>): string {
  return unit === '' ? name : `${name} (${unit})`;
}

const two = (value: number | null): string => (value === null ? 'none' : value.toFixed(2));
const percent = (share: number | null): string => (share === null ? 'unknown' : `${Math.round(100 * share)}%`);

/** Figures on held-out scaffolds: rows for the predictor, its parts and the mean as a baseline. */
export interface FigureTable {
  readonly columns: string[];
  readonly rows: { readonly name: string; readonly values: (number | null)[] }[];
}

const NAMES = { model: 'This predictor', network: 'Its network alone', linear: 'Its linear part alone' } as const;
const PARTS = ['model', 'network', 'linear'] as const;

export function figureTable(figures: UserPredictorFigures): FigureTable {
  return figures.kind === 'regression' ? amountTable(figures) : classTable(figures);
}

function amountTable(figures: Extract<UserPredictorFigures, { kind: 'regression' }>): FigureTable {
  const row = (name: string, { r2, mae, rmse, spearman }: typeof figures.model) => ({
    name,
    values: [r2, mae, rmse, spearman],
  });
  return {
    columns: ['R2', 'Mean error', 'Root mean square error', 'Rank correlation'],
    rows: [...PARTS.map((part) => row(NAMES[part], figures[part])), row('Baseline: the mean', figures.mean)],
  };
}

function classTable(figures: Extract<UserPredictorFigures, { kind: 'classification' }>): FigureTable {
  const row = (name: string, { rocAuc, prAuc, accuracy }: typeof figures.model) => ({
    name,
    values: [rocAuc, prAuc, accuracy],
  });
  const { positives, count } = figures.model;
  return {
    columns: ['ROC area', 'Precision-recall area', 'Share right'],
    rows: [
      ...PARTS.map((part) => row(NAMES[part], figures[part])),
      {
        name: 'Baseline: the majority class',
        values: [0.5, positives / count, Math.max(positives, count - positives) / count],
      },
    ],
  };
}

/** How certain the figures are, by fold, and whether error bars cover as much as they should. */
export function remarkLines(figures: UserPredictorFigures, words = moleculeWords): string[] {
  const {
    headline,
    byFold,
    model: { count },
  } = figures;
  const what = figures.kind === 'regression' ? 'R2' : 'The ROC area';
  const each =
    figures.kind === 'regression' ? figures.byFold.map(({ r2 }) => r2) : figures.byFold.map(({ rocAuc }) => rocAuc);
  return [
    `Measured on ${count} ${words.many} with held-out ${words.groups}, in ${byFold.length} folds${figures.kind === 'classification' ? `; ${figures.model.positives} of them are positive` : ''}.`,
    ...(headline === null
      ? []
      : [
          `${what} ranges from ${two(headline.low)} to ${two(headline.high)} depending on which ${words.groups} are held out. By fold: ${each.map(two).join(', ')}.`,
        ]),
    ...(figures.kind === 'regression'
      ? [`${percent(figures.model.coverage)} of the measurements lie within the 90% error bars.`]
      : []),
  ];
}

/** The same as lines for a terminal. */
export function figureLines(figures: UserPredictorFigures): string[] {
  const { columns, rows } = figureTable(figures);
  const [first, ...others] = remarkLines(figures);
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return [
    first,
    `  ${''.padEnd(width)}${columns.join('  ')}`,
    ...rows.map(({ name, values }) =>
      `  ${name.padEnd(width)}${values.map((value, i) => two(value).padEnd(columns[i].length)).join('  ')}`.trimEnd(),
    ),
    ...others,
  ];
}
