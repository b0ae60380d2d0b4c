/** @file Reads a cell of a table of measurements: a number, a bound, a class, or nothing. */

/** Where the true value lies: at the number, above it (">10") or below it ("<0.1"). */
export type Bound = 'exact' | 'above' | 'below';

export interface Measurement {
  readonly value: number;
  readonly bound: Bound;
  /** Whether it is approximate: "~5" and "5 ± 1" are read as 5. */
  readonly approximate: boolean;
  /** A unit in the cell; '' without one. */
  readonly unit: string;
}

const MISSING = new Set([
  '',
  'na',
  'n/a',
  'n.a.',
  'nd',
  'n.d.',
  'nan',
  'none',
  'null',
  '-',
  '--',
  '.',
  '?',
  'not determined',
  'not tested',
  'nt',
  'n.t.',
  '#n/a',
]);
const BOUNDS: Readonly<Record<string, Bound>> = {
  '>': 'above',
  '>=': 'above',
  '=>': 'above',
  '>>': 'above',
  '≥': 'above',
  '<': 'below',
  '<=': 'below',
  '=<': 'below',
  '<<': 'below',
  '≤': 'below',
};
const APPROXIMATE = new Set(['~', '≈', '∼', 'ca', 'ca.', 'c.', 'about', 'approx', 'approx.']);
const CELL =
  /^(>=|=>|>>|>|≥|<=|=<|<<|<|≤|~|≈|∼|=|ca\.?|c\.|about|approx\.?)?\s*([+-]?(?:\d[\d,.' ]*|[.,]\d+)(?:[eE][+-]?\d+)?)\s*(?:(?:±|\+\/-|\+-)\s*([\d.,]+(?:[eE][+-]?\d+)?))?\s*([%A-Za-zµμ][\w%µμ/.-]*)?$/i;

/** Blanks that spreadsheets and typesetters put between thousands. */
const BLANKS = /[\u00A0\u2007\u2009\u202F]/g;

/** Whether a cell says that nothing was measured. */
export function isMissing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** How a column writes its numbers. */
export interface NumberStyle {
  /** Whether "1,5" is one and a half. Points then separate thousands. */
  readonly decimalComma: boolean;
}

/** @returns null if the text is not a measured number */
export function parseMeasurement(text: string, style: NumberStyle): Measurement | null {
  const parts = CELL.exec(text.trim().replace(BLANKS, ' ').replaceAll('\u2212', '-'));
  if (parts === null) return null;
  const [, sign = '', digits, deviation, unit = ''] = parts;
  const value = readNumber(digits.trim(), style);
  if (value === null) return null;
  return {
    value,
    bound: BOUNDS[sign] ?? 'exact',
    approximate: APPROXIMATE.has(sign.toLowerCase()) || deviation !== undefined,
    unit: unit.replace('μ', 'µ'),
  };
}

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Thousands may be separated by the other mark, by a space or by an apostrophe, in groups of three digits. */
function readNumber(digits: string, { decimalComma }: NumberStyle): number | null {
  const [decimal, thousands] = decimalComma ? [',', '.'] : ['.', ','];
  const grouped = new RegExp(`^[+-]?\\d{1,3}([\\${thousands}' ]\\d{3})+(\\${decimal}|$)`);
  const bare = grouped.test(digits) ? digits.replace(new RegExp(`[\\${thousands}' ]`, 'g'), '') : digits;
  const plain = bare.replace(decimal, '.');
  return !bare.includes(thousands) && PLAIN.test(plain) ? Number(plain) : null;
}

/** The style in which most cells of a column are numbers; a decimal point if both read the same number of cells. */
export function numberStyle(cells: readonly string[]): NumberStyle {
  const readable = (style: NumberStyle) => cells.filter((cell) => parseMeasurement(cell, style) !== null).length;
  const [point, comma] = [{ decimalComma: false }, { decimalComma: true }];
  const onlyThousands = cells.every(
    (cell) => !/\d,\d/.test(cell) || /^\D*\d{1,3}(,\d{3})+(\.\d*)?\D*$/.test(cell.trim()),
  );
  return !onlyThousands && readable(comma) > readable(point) ? comma : point;
}

/** Words for two classes that are recognised. The first of each pair is the class whose probability is predicted. */
const CLASS_WORDS: readonly (readonly [yes: string, no: string])[] = [
  ['active', 'inactive'],
  ['yes', 'no'],
  ['true', 'false'],
  ['positive', 'negative'],
  ['pos', 'neg'],
  ['toxic', 'nontoxic'],
  ['toxic', 'non-toxic'],
  ['hit', 'non-hit'],
  ['hit', 'miss'],
  ['binder', 'non-binder'],
  ['binder', 'nonbinder'],
  ['permeable', 'impermeable'],
  ['soluble', 'insoluble'],
  ['stable', 'unstable'],
  ['inhibitor', 'non-inhibitor'],
  ['inhibitor', 'noninhibitor'],
  ['high', 'low'],
  ['y', 'n'],
  ['t', 'f'],
  ['a', 'i'],
  ['+', '-'],
];

/** The class of two whose probability is predicted; null if the words do not say. */
export function positiveClass(one: string, other: string): string | null {
  const [a, b] = [one.trim().toLowerCase(), other.trim().toLowerCase()];
  for (const [yes, no] of CLASS_WORDS) {
    if (a === yes && b === no) return one;
    if (b === yes && a === no) return other;
  }
  const [x, y] = [Number(a), Number(b)];
  if (a === '' || b === '' || !Number.isFinite(x) || !Number.isFinite(y)) return null;
  return x > y ? one : other;
}
