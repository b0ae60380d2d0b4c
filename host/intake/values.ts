/**
 * Cells of what was measured. Tables of ChEMBL and their like keep ">" and the
 * unit in columns of their own; they are put together with the value here.
 */
import { isMissing } from '../../engine/learn/user-predictor/measurement.ts';
import type { RawRow } from '../../engine/learn/user-predictor/molecules.ts';
import { headerUnit } from '../../engine/learn/user-predictor/units.ts';
import { plainName } from './column-names.ts';
import type { Column, Table } from './table.ts';

const RELATION = /^(standard_)?(relation|qualifier|operator|modifier|prefix|censor(ing)?|sign)$/;
const UNIT = /^(standard_)?units?$/;
const RELATION_CELL = /^['"]?(=|>|<|>=|<=|>>|<<|~|≥|≤)['"]?$/;

/** Rows with the text of their structure and of their value, and what was put together. */
export function rawRows(
  table: Table,
  structure: number,
  value: number,
): { readonly rows: readonly RawRow[]; readonly notes: readonly string[] } {
  const { columns, rows } = table;
  const relation = companion(table, value, RELATION, isRelations);
  const unit = companion(table, value, UNIT, isUnits);
  const cellOf = (cells: readonly string[]) => {
    const own = cells[value] ?? '';
    return isMissing(own)
      ? own
      : [relationOf(cells[relation ?? -1]), own, unitOf(cells[unit ?? -1])].filter((part) => part !== '').join(' ');
  };
  const notes = [relation, unit].flatMap((i) =>
    i === null ? [] : [`"${columns[i].name}" is read together with "${columns[value].name}".`],
  );
  return {
    rows: rows.map(({ line, cells }) => ({ line, structure: cells[structure] ?? '', value: cellOf(cells) })),
    notes,
  };
}

/**
 * The column of relations or units that belongs to a value: the one that bears the value's name ("Ki unit"), the one
 * beside it, or the only one of the table.
 */
function companion(
  { columns }: Table,
  value: number,
  pattern: RegExp,
  fits: (column: Column) => boolean,
): number | null {
  const own = plainName(headerUnit(columns[value].name).name);
  const names = columns.map(({ name }) => plainName(name));
  const isPlain = (i: number) => pattern.test(names[i] ?? '');
  const bearing = names.findIndex(
    (name, i) => i !== value && name.startsWith(`${own}_`) && pattern.test(name.slice(own.length + 1)),
  );
  if (bearing >= 0) return bearing;
  const beside = [value - 1, value + 1].find(isPlain);
  if (beside !== undefined) return beside;
  const all = columns.flatMap((column, i) => (isPlain(i) && fits(column) ? [i] : []));
  // With several columns of numbers, it would be a guess whose unit it is.
  const numbers = columns.filter(
    ({ kind, name }) => kind === 'numbers' && !/^(.*_)?(id|no|number|year|index)$/.test(plainName(name)),
  );
  return all.length === 1 && numbers.length === 1 ? all[0] : null;
}

const isRelations = ({ examples }: Column): boolean => examples.every((cell) => RELATION_CELL.test(cell.trim()));
const isUnits = ({ kind }: Column): boolean => kind !== 'numbers' && kind !== 'structure' && kind !== 'dna';

function relationOf(cell: string | undefined): string {
  return RELATION_CELL.exec((cell ?? '').trim())?.[1] ?? '';
}

function unitOf(cell: string | undefined): string {
  return cell === undefined || isMissing(cell) ? '' : cell.trim();
}
