/**
 * @file Writes docs/results.md: the prose of docs/results/template.md with the figures of docs/results/*.json. A figure
 * stands in one file only, as the benchmark wrote it (bench/record.ts) or as it was read from its output.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A figure. `digits` are those after the point; a range is from one value to another; `interval` is the half width of
 * an interval around the mean; several values are those of several runs or settings.
 * @typedef {{ value?: number | string, values?: number[], from?: number, to?: number, mean?: number, interval?: number,
 * digits?: number, unit?: string }} Figure
 * @typedef {number | string | null | Figure} Cell
 * @typedef {{ label: string, digits?: number, unit?: string }} Column
 * @typedef {{ label: string, digits?: number, unit?: string, cells: readonly Cell[] }} Row
 * @typedef {{ columns: readonly Column[], rows: readonly Row[] }} Table the first of the columns
 * is that of the labels
 * @typedef {{ command: string, date: string, machine: string, seeds: string, conditions: string, units: string,
 * figures?: Readonly<Record<string, Cell>>, tables?: Readonly<Record<string, Table>>,
 * earlier?: readonly Earlier[] }} FigureSet
 * @typedef {{ date: string, conditions: string, names: readonly string[] }} Earlier names older figures and tables
 */

const FOLDER = join('docs', 'results');
const MADE = '<!-- Made by npm run docs from docs/results/: change the template or the figures there. -->\n\n';

/** @param {string} root @returns {string} the page in Markdown */
export function resultsPage(root) {
  const template = readFileSync(join(root, FOLDER, 'template.md'), 'utf8');
  return MADE + fill(template, readFigures(root));
}

/** @param {string} root @returns {Map<string, FigureSet>} name of the file -> what it holds */
export function readFigures(root) {
  const files = readdirSync(join(root, FOLDER)).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(root, FOLDER, file), 'utf8'))]));
}

/**
 * Puts figures in place of `{{set.figure}}`, tables in place of `{{table set.name}}`, and where figures come from in
 * place of `{{about set}}`.
 * @param {string} template @param {ReadonlyMap<string, FigureSet>} sets @returns {string}
 * @throws Error naming the first placeholder without a figure, or the first figure that no placeholder shows
 */
export function fill(template, sets) {
  /** @type {Set<string>} */
  const shown = new Set();
  const text = template.replace(/\{\{(?:(table|about) )?([\w.-]+)\}\}/g, (whole, kind, name) => {
    shown.add(`${kind ?? 'figure'} ${name}`);
    const [set, key] = name.split('.');
    const found = sets.get(set);
    const filled = found && (kind === 'about' ? aboutText(found) : kind ? tableText(found, key) : figureOf(found, key));
    if (filled === undefined) throw new Error(`docs/results/ has nothing for ${whole}.`);
    return filled;
  });
  const unused = [...sets].flatMap(([name, set]) => placeholders(name, set)).filter((one) => !shown.has(one));
  if (unused.length > 0) throw new Error(`docs/results/template.md leaves out: ${unused.join(', ')}.`);
  return text;
}

/** @param {string} name @param {FigureSet} set */
function placeholders(name, { figures = {}, tables = {} }) {
  return [
    `about ${name}`,
    ...Object.keys(figures).map((key) => `figure ${name}.${key}`),
    ...Object.keys(tables).map((key) => `table ${name}.${key}`),
  ];
}

/** @param {FigureSet} set */
function aboutText({ command, date, machine, seeds, conditions, units, earlier = [] }) {
  const parts = [
    ['Command', command],
    ['Date', date],
    ['Machine', machine],
    ['Seeds', seeds],
    ['Conditions', conditions],
    ['Units', units],
    ...earlier.map((one) => [`Earlier, on ${one.date}`, `${one.names.join(', ')}. ${one.conditions}`]),
  ];
  return parts.map(([name, text]) => `- ${name}: ${text}`).join('\n');
}

/** @param {FigureSet} set @param {string} key @returns {string | undefined} */
function figureOf({ figures = {} }, key) {
  return Object.hasOwn(figures, key) ? cellText(figures[key], {}) : undefined;
}

/** @param {FigureSet} set @param {string} key @returns {string | undefined} */
function tableText({ tables = {} }, key) {
  if (!Object.hasOwn(tables, key)) return undefined;
  const { columns, rows } = tables[key];
  const lines = rows.map(({ label, cells, ...format }) => {
    if (cells.length !== columns.length - 1)
      throw new Error(`The row "${label}" of ${key} has a cell too many or too few.`);
    return [label, ...cells.map((cell, i) => cellText(cell, { ...columns[i + 1], ...format }))];
  });
  return [columns.map(({ label }) => label), columns.map(() => '---'), ...lines].map(line).join('\n');
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** @param {Cell} cell @param {{ digits?: number, unit?: string }} format of its column and row @returns {string} */
function cellText(cell, format) {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  const figure = typeof cell === 'number' ? { value: cell } : cell;
  const { digits = format.digits ?? 0, unit = format.unit ?? '', value, values, from, to, mean, interval } = figure;
  if (typeof value === 'string') return value + unitText(unit);
  const shown = (/** @type {number} */ one) => number(one, digits);
  if (value !== undefined) return shown(value) + unitText(unit);
  if (values !== undefined) return values.map(shown).join('; ') + unitText(unit);
  if (from !== undefined && to !== undefined) return `${shown(from)} to ${shown(to)}${unitText(unit)}`;
  if (mean !== undefined && interval !== undefined) return `${shown(mean)} ± ${shown(interval)}${unitText(unit)}`;
  throw new Error(`A figure needs a value, values, a range or a mean with its interval: ${JSON.stringify(cell)}`);
}

/** @param {number} value @param {number} digits */
function number(value, digits) {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** @param {string} unit */
function unitText(unit) {
  return unit === '' || unit === '%' ? unit : ` ${unit}`;
}

/**
 * Numbers that stand in a template as text, where a figure of a file belongs: everything but placeholders, code, links
 * and names such as ECFP4. The test holds the template to it.
 * @internal @param {string} template @returns {string[]}
 */
export function typedFigures(template) {
  const prose = template.replace(/\{\{.*?\}\}|`[^`]*`|\[[^\]]*\]\([^)]*\)/g, ' ');
  return prose.match(/(?<![\w.-])[-+±]?\d[\d,.]*(?:e-?\d+)?%?(?![\w-])/g) ?? [];
}
