/** @file A table whose rows fill a template design: which column goes where, and each row's values. */
import { type NumberStyle, parseMeasurement } from '../../engine/learn/user-predictor/measurement.ts';
import { InputError } from '../base/errors.ts';
import { columnIndex } from '../intake/column-names.ts';
import { placeWord } from '../intake/rows.ts';
import { readTable, type Table } from '../intake/table.ts';
import { checkPlaceName, PlaceError, type PlanValue } from './places.ts';
import type { PlanTable } from './plan-file.ts';

export interface PlanRow {
  /** "targets.csv:12" */
  readonly place: string;
  /** What the row is called; null where no column names it. */
  readonly name: string | null;
  /** Place -> value; empty cells leave the template as it is. */
  readonly values: Readonly<Record<string, PlanValue>>;
}

/** @throws InputError for a file that is no table, or a column that is missing or leads nowhere */
export async function readRows({ file, sheet, name, columns }: PlanTable): Promise<PlanRow[]> {
  const table = await readTable(file, () => false, sheet === undefined ? {} : { sheet });
  const named = name === undefined ? -1 : columnIndex(table.columns, name, file);
  const targets = columns === undefined ? ownPlaces(table, named) : givenPlaces(table, columns);
  return table.rows.map(({ line, cells }) => ({
    place: `${file}, ${placeWord(table.format)} ${line}`,
    name: named < 0 ? null : (cells[named] ?? '').trim() || null,
    values: Object.fromEntries(
      targets.flatMap(({ index, place }) => {
        const cell = (cells[index] ?? '').trim();
        return cell === '' ? [] : [[place, valueOf(cell, table.columns[index].style)]];
      }),
    ),
  }));
}

type Target = Readonly<{ index: number; place: string }>;

function givenPlaces({ columns, file }: Table, given: Readonly<Record<string, string>>): Target[] {
  return Object.entries(given).map(([column, place]) => ({ index: columnIndex(columns, column, file), place }));
}

/** Without [table.columns], every column beside the one of names is named by its place. */
function ownPlaces({ columns, file }: Table, named: number): Target[] {
  return columns.flatMap(({ name }, index) => {
    if (index === named) return [];
    try {
      checkPlaceName(name);
    } catch (error) {
      if (!(error instanceof PlaceError)) throw error;
      throw new InputError(
        `${file}: the column "${name}" says nothing about a design. Name it by its place, such as objective.similarity.reference, or give the places in [table.columns].`,
      );
    }
    return [{ index, place: name }];
  });
}

/** A number where the cell is one, true and false likewise; other texts stay texts. */
function valueOf(cell: string, style: NumberStyle): PlanValue {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  const number = parseMeasurement(cell, style);
  return number !== null && number.bound === 'exact' && !number.approximate && number.unit === '' ? number.value : cell;
}
