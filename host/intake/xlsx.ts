/** @file Excel's .xlsx as a table: one sheet, its first where none is named. */
import { statSync } from 'node:fs';
import readXlsxFile from 'read-excel-file/node';
import { suggestion } from '../../engine/base/nearest.ts';
import { errorText, InputError } from '../base/errors.ts';
import type { TableRow } from './types.ts';

/** Larger files would be unpacked into memory whole. */
const LARGEST_FILE = 50_000_000;

interface XlsxRows {
  readonly notes: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/** @throws InputError where it is damaged, too large, or has no such sheet */
export async function xlsxRows(file: string, sheet: string | undefined): Promise<XlsxRows> {
  if (statSync(file).size > LARGEST_FILE)
    throw new InputError(`${file} is larger than ${LARGEST_FILE / 1e6} MB. Save the table as CSV.`);
  const sheets = await readXlsxFile(file).catch((error: unknown) => {
    throw new InputError(`Cannot read ${file}: ${errorText(error)}. Save it again as .xlsx, or as CSV.`);
  });
  const names = sheets.map((one) => one.sheet);
  const chosen = sheets.find((one) => one.sheet === (sheet ?? names[0]));
  if (chosen === undefined)
    throw new InputError(`${file} has no sheet "${sheet ?? ''}".${suggestion(sheet ?? '', names)}`);
  const notes =
    sheet === undefined && names.length > 1
      ? [`The sheet "${chosen.sheet}" is read; the file has ${names.length}: ${names.join(', ')}.`]
      : [];
  return { notes, rows: rowsOf(chosen.data) };
}

type Cell = string | number | boolean | object | null;

async function* rowsOf(data: readonly (readonly Cell[])[]): AsyncGenerator<TableRow> {
  for (const [i, row] of data.entries()) {
    const cells = row.map(cellText);
    if (cells.some((cell) => cell !== '')) yield { line: i + 1, cells };
  }
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell as string | number | boolean);
}
