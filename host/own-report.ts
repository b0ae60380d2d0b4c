/** @file What there is to say of a table and of a predictor trained on it, in plain lines; for the command line and model cards. */
import type { OwnFigures } from '../engine/learn/own/assemble.ts';
import type { RowReport } from '../engine/learn/own/molecules.ts';
import type { StructureProblem } from '../engine/learn/own/structures.ts';
import type { Task } from '../engine/learn/own/task.ts';
import { delimiterWords } from './intake/delimiter.ts';
import type { Table } from './intake/table.ts';

/** Rows that are named of each problem. */
const NAMED = 5;

/** "mine.csv: 812 rows; columns parted by semicolons: ..." */
export function tableLine({ file, format, delimiter, columns, rows }: Table): string {
  const marks = delimiter === null ? format.toUpperCase() : `parted by ${delimiterWords[delimiter]}s`;
  return `${file}: ${rows.length} rows, ${marks}; columns: ${columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`;
}

const several = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What became of each row. */
export function rowLines(report: RowReport, task: Task, place: string): string[] {
  const { rows, unreadable, withoutValue, badValues, stripped, neutralised, duplicates, disagreements, above, below, approximate, kept } = report;
  const some = (count: number, line: string) => (count === 0 ? [] : [line]);
  return [
    `${several(rows, 'row')}: ${several(kept, 'different molecule')} with a value of ${quantityText(task)}.`,
    ...some(withoutValue, `${several(withoutValue, 'row has', 'rows have')} no value.`),
    ...some(unreadable.length, `${several(unreadable.length, 'structure')} cannot be read: ${problems(unreadable, place)}.`),
    ...some(badValues.length, `${several(badValues.length, 'cell')} cannot be used: ${problems(badValues, place)}.`),
    ...some(stripped, `Of ${several(stripped, 'row')} only the largest fragment is kept, without salts and solvents.`),
    ...some(neutralised, `Charges are neutralised in ${several(neutralised, 'row')}.`),
    ...some(above + below, `${several(above + below, 'row gives', 'rows give')} a bound and no value (${above} "above", ${below} "below" on the learnt scale): learnt as bounds, and not counted in the figures.`),
    ...some(approximate, `${several(approximate, 'value is', 'values are')} marked as approximate and taken as given.`),
    ...some(duplicates, `${several(duplicates, 'row holds', 'rows hold')} a molecule of another row: the ${task.kind === 'regression' ? 'median of their values' : 'class of most of them'} is learnt.`),
    ...some(disagreements.length, `${several(disagreements.length, 'molecule has', 'molecules have')} values that disagree: ${disagreements.slice(0, NAMED).map(({ smiles, lines, values, kept: isKept }) => `${smiles} (${place}s ${lines.join(', ')}: ${values.map(short).join(', ')}${isKept ? '' : '; left out'})`).join('; ')}${disagreements.length > NAMED ? '; ...' : ''}.`),
  ];
}

function problems(list: readonly StructureProblem[], place: string): string {
  const first = list.slice(0, NAMED).map(({ line, text, reason }) => `${place} ${line}${text === '' || reason.includes(text) ? '' : ` "${text}"`}: ${reason}`);
  return `${first.join('; ')}${list.length > NAMED ? '; ...' : ''}`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** "pIC50 (-log10(M))" */
export function quantityText({ name, unit }: Pick<Task, 'name' | 'unit'>): string {
  return unit === '' ? name : `${name} (${unit})`;
}

const two = (value: number | null): string => (value === null ? 'none' : value.toFixed(2));
const percent = (share: number | null): string => (share === null ? 'unknown' : `${Math.round(100 * share)}%`);

/** A table of figures on held-out scaffolds, a line a model. */
export function figureLines(figures: OwnFigures): string[] {
  return figures.kind === 'regression' ? amountLines(figures) : classLines(figures);
}

function amountLines({ model, network, linear, mean, byFold, headline }: Extract<OwnFigures, { kind: 'regression' }>): string[] {
  const row = (name: string, { r2, mae, rmse, spearman }: typeof model) => `  ${name.padEnd(24)} R2 ${two(r2)}, mean error ${two(mae)}, root mean square error ${two(rmse)}, rank correlation ${two(spearman)}`;
  return [
    `On ${model.count} molecules of held-out scaffolds (${byFold.length} folds):`,
    row('this predictor', model),
    row('its network alone', network),
    row('linear, of fragments', linear),
    row('always the mean', mean),
    `  R2 ${headline === null ? 'unknown' : `${two(headline.low)} to ${two(headline.high)} by chance of the scaffolds`}; by fold ${byFold.map(({ r2 }) => two(r2)).join(', ')}.`,
    `  ${percent(model.coverage)} of the measurements lie within the 90% error bars.`,
  ];
}

function classLines({ model, network, linear, byFold, headline }: Extract<OwnFigures, { kind: 'classification' }>): string[] {
  const row = (name: string, { rocAuc, prAuc, accuracy }: typeof model) => `  ${name.padEnd(24)} ROC area ${two(rocAuc)}, precision-recall area ${two(prAuc)}, right ${percent(accuracy)}`;
  const most = Math.max(model.positives, model.count - model.positives) / model.count;
  return [
    `On ${model.count} molecules of held-out scaffolds (${byFold.length} folds), ${model.positives} of them positive:`,
    row('this predictor', model),
    row('its network alone', network),
    row('linear, of fragments', linear),
    `  ${'always the commoner class'.padEnd(24)} ROC area 0.50, precision-recall area ${two(model.positives / model.count)}, right ${percent(most)}`,
    `  ROC area ${headline === null ? 'unknown' : `${two(headline.low)} to ${two(headline.high)} by chance of the scaffolds`}; by fold ${byFold.map(({ rocAuc }) => two(rocAuc)).join(', ')}.`,
  ];
}
