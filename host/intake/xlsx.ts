/** @file Excel's .xlsx as rows of one sheet, its first where none is named. */
import readXlsxFile from 'read-excel-file/node';
import { suggestion } from '../../engine/base/nearest.ts';
import { errorText, InputError } from '../base/errors.ts';
import type { TableRow } from './types.ts';
import { zipMember } from './zip.ts';

export interface SheetRows {
  readonly sheet: string;
  readonly notes: readonly string[];
  /** Without the empty ones. */
  readonly rows: readonly TableRow[];
}

/**
 * @param isHeader whether a row names a column that is looked for; if no row of the first sheet does and one of another
 * sheet does, the user is asked to name the sheet
 * @throws InputError where it is damaged, has no such sheet, or has formulas without values
 */
export async function sheetRows(
  bytes: Uint8Array,
  file: string,
  sheet: string | undefined,
  isHeader: (cells: readonly string[]) => boolean,
): Promise<SheetRows> {
  const buffer = Buffer.from(bytes);
  const sheets = await readXlsxFile(buffer).catch((error: unknown) => {
    throw new InputError(`Cannot read ${file}: ${errorText(error)}. Save it again as .xlsx, or as CSV.`);
  });
  const all = sheets.map((one) => ({ name: one.sheet, rows: rowsOf(one.data) }));
  const names = all.map(({ name }) => name);
  const chosen = all.find(({ name }) => name === (sheet ?? names[0]));
  if (chosen === undefined)
    throw new InputError(`${file} has no sheet "${sheet ?? ''}".${suggestion(sheet ?? '', names)}`);
  refuseFormulas(buffer, file, chosen.name);
  const fits = ({ rows }: (typeof all)[number]) => rows.some(({ cells }) => isHeader(cells));
  const better = sheet === undefined && !fits(chosen) ? all.find(fits) : undefined;
  if (better !== undefined)
    throw new InputError(
      `${file}: the first sheet, "${chosen.name}", has no column of SMILES or DNA; the sheet "${better.name}" has one. Choose it with --sheet "${better.name}".`,
    );
  const notes =
    sheet === undefined && names.length > 1
      ? [`The sheet "${chosen.name}" is read; the file has ${names.length}: ${names.join(', ')}.`]
      : [];
  return { sheet: chosen.name, notes, rows: chosen.rows };
}

type Cell = string | number | boolean | object | null;

function rowsOf(data: readonly (readonly Cell[])[]): TableRow[] {
  return data
    .map((row, i) => ({ line: i + 1, cells: row.map(cellText) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell as string | number | boolean);
}

/** A program other than Excel may write a formula and leave its value to be computed: the cell would be empty. */
function refuseFormulas(bytes: Buffer, file: string, sheet: string): void {
  const xml = sheetXml(bytes, sheet) ?? '';
  for (const [cell, place] of xml.matchAll(/<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*?(?<!\/)>.*?<\/c>/gs)) {
    if (/<f\b/.test(cell) && !/<v>[^<]/.test(cell))
      throw new InputError(
        `${file}, sheet "${sheet}", cell ${place}: the formula has no stored value. Open the file in Excel and save it again.`,
      );
  }
}

function sheetXml(bytes: Buffer, sheet: string): string | null {
  const tags = (text: string | null, tag: string) =>
    [...(text ?? '').matchAll(new RegExp(`<${tag}\\b[^>]*>`, 'g'))].map(([one]) => one);
  const valueOf = (tag: string | undefined, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag ?? '')?.[1];
  const found = tags(zipMember(bytes, 'xl/workbook.xml'), 'sheet').find(
    (tag) => plain(valueOf(tag, 'name') ?? '') === sheet,
  );
  const id = valueOf(found, 'r:id');
  const relation = tags(zipMember(bytes, 'xl/_rels/workbook.xml.rels'), 'Relationship').find(
    (tag) => valueOf(tag, 'Id') === id,
  );
  const target = valueOf(relation, 'Target')?.replace(/^\/?(xl\/)?/, '');
  return target === undefined ? null : zipMember(bytes, `xl/${target}`);
}

function plain(xml: string): string {
  return xml
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}
