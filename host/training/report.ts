/**
 * @file What there is to say of a table and of a predictor trained on it, in plain lines; for the command line and
 * model cards.
 */
import type { UserPredictorFigures } from '../../engine/learn/user-predictor/assemble.ts';
import type { RowReport } from '../../engine/learn/user-predictor/molecules.ts';
import type { StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import type { Task } from '../../engine/learn/user-predictor/task.ts';
import { moleculeWords } from '../../engine/learn/user-predictor/verdict.ts';
import { delimiterWords } from '../intake/delimiter.ts';
import type { Table } from '../intake/table.ts';

/** Rows that are named of each problem. */
const NAMED = 5;

/** "mine.csv: 812 rows; columns parted by semicolons: ..." */
export function tableLine({ file, format, delimiter, columns, rows }: Table): string {
  return `${file}: ${rows.length} rows, ${formatText({ format, delimiter })}; columns: ${columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`;
}

/** "XLSX", or "parted by semicolons". */
export function formatText({ format, delimiter }: Pick<Table, 'format' | 'delimiter'>): string {
  return delimiter === null ? format.toUpperCase() : `parted by ${delimiterWords[delimiter]}s`;
}

const several = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What became of each row. */
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
    ...some(stripped, `Of ${several(stripped, 'row')} only the largest fragment is kept, without salts and solvents.`),
    ...some(neutralised, `Charges are neutralised in ${several(neutralised, 'row')}.`),
    ...some(
      above + below,
      `${several(above + below, 'row gives', 'rows give')} a bound and no value (${above} "above", ${below} "below" on the learnt scale): learnt as bounds, and not counted in the figures.`,
    ),
    ...some(approximate, `${several(approximate, 'value is', 'values are')} marked as approximate and taken as given.`),
    ...some(
      duplicates,
      `${several(duplicates, 'row holds', 'rows hold')} a molecule of another row: the ${task.kind === 'regression' ? 'median of their values' : 'class of most of them'} is learnt.`,
    ),
    ...some(
      disagreements.length,
      `${several(disagreements.length, 'molecule has', 'molecules have')} values that disagree: ${disagreements
        .slice(0, NAMED)
        .map(
          ({ smiles, lines, values, kept: isKept }) =>
            `${smiles} (${place}s ${lines.join(', ')}: ${values.map(short).join(', ')}${isKept ? '' : '; left out'})`,
        )
        .join('; ')}${disagreements.length > NAMED ? '; ...' : ''}.`,
    ),
  ];
}

/** The first of them with their places. */
export function problemText(list: readonly StructureProblem[], place: string): string {
  const first = list
    .slice(0, NAMED)
    .map(
      ({ line, text, reason }) =>
        `${place} ${line}${text === '' || reason.includes(text) ? '' : ` "${text}"`}: ${reason}`,
    );
  return `${first.join('; ')}${list.length > NAMED ? '; ...' : ''}`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** "pIC50 (-log10(M))" */
export function quantityText({ name, unit }: Pick<Task, 'name' | 'unit'>): string {
  return unit === '' ? name : `${name} (${unit})`;
}

const two = (value: number | null): string => (value === null ? 'none' : value.toFixed(2));
const percent = (share: number | null): string => (share === null ? 'unknown' : `${Math.round(100 * share)}%`);

/** Figures on held-out scaffolds: a row for the predictor, its parts and the mean. */
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
    rows: [...PARTS.map((part) => row(NAMES[part], figures[part])), row('Always the mean', figures.mean)],
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
        name: 'Always the commoner class',
        values: [0.5, positives / count, Math.max(positives, count - positives) / count],
      },
    ],
  };
}

/** How sure the figures are, fold by fold, and whether error bars cover what they promise. */
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
    `On ${count} ${words.many} whose ${words.groups} were held out, in ${byFold.length} folds${figures.kind === 'classification' ? `; ${figures.model.positives} of them are positive` : ''}.`,
    ...(headline === null
      ? []
      : [
          `${what} may be ${two(headline.low)} to ${two(headline.high)} by chance of which ${words.groups} are held out; by fold it is ${each.map(two).join(', ')}.`,
        ]),
    ...(figures.kind === 'regression'
      ? [`${percent(figures.model.coverage)} of the measurements lie within the 90% error bars.`]
      : []),
  ];
}

/** The same for a terminal. */
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
