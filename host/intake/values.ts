/**
 * Cells of what was measured. Tables of ChEMBL and their like keep ">" and the
 * unit in columns of their own beside the value; they are put together here.
 */
import { isMissing } from '../../engine/learn/user-predictor/measurement.ts';
import type { RawRow } from '../../engine/learn/user-predictor/molecules.ts';
import type { Table } from './table.ts';

const RELATION = /^(standard[ _]?)?(relation|qualifier|operator|modifier|prefix|censor(ing)?)$/i;
const UNITS = /^(standard[ _]?)?units?$/i;
const RELATION_CELL = /^['"]?(=|>|<|>=|<=|>>|<<|~|≥|≤)['"]?$/;

/** Rows with the text of their structure and of their value, and what was put together. */
export function rawRows(
  { columns, rows }: Table,
  structure: number,
  value: number,
): { readonly rows: readonly RawRow[]; readonly notes: readonly string[] } {
  const beside = (pattern: RegExp) => [value - 1, value + 1].find((i) => pattern.test(columns[i]?.name.trim() ?? ''));
  const [relation, unit] = [beside(RELATION), beside(UNITS)];
  const cellOf = (cells: readonly string[]) => {
    const own = cells[value] ?? '';
    return isMissing(own)
      ? own
      : [relationOf(cells[relation ?? -1]), own, unitOf(cells[unit ?? -1])].filter((part) => part !== '').join(' ');
  };
  const notes = [relation, unit].flatMap((i) =>
    i === undefined ? [] : [`"${columns[i].name}" is read together with "${columns[value].name}".`],
  );
  return {
    rows: rows.map(({ line, cells }) => ({ line, structure: cells[structure] ?? '', value: cellOf(cells) })),
    notes,
  };
}

function relationOf(cell: string | undefined): string {
  return RELATION_CELL.exec((cell ?? '').trim())?.[1] ?? '';
}

function unitOf(cell: string | undefined): string {
  return cell === undefined || isMissing(cell) ? '' : cell.trim();
}
