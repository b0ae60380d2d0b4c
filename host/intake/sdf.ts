/**
 * SDF as records or as a table: the mol block in the first column, then the title, then the
 * data fields in the order in which they first occur (CTfile formats, BIOVIA).
 */
import { InputError } from '../base/errors.ts';
import { NAME_FIELDS } from './column-names.ts';
import type { TableRow } from './types.ts';

/** Column of the mol blocks. */
export const MOL_BLOCK = 'structure';
const TITLE = 'title';
const MOST_RECORDS = 200_000;

export interface SdfRecord {
  readonly block: string;
  readonly title: string;
  readonly fields: ReadonlyMap<string, string>;
  /** From 1. */
  readonly number: number;
}

/** Takes the lines of an SD file or of a molfile in order. */
export class SdfReader {
  #lines: string[] = [];
  #number = 0;

  push(line: string): SdfRecord | null {
    if (!line.startsWith('$$$$')) {
      this.#lines.push(line);
      return null;
    }
    return this.#record();
  }

  end(): SdfRecord | null {
    return this.#lines.some((line) => line.trim() !== '') ? this.#record() : null;
  }

  #record(): SdfRecord {
    const lines = this.#lines;
    this.#lines = [];
    return { ...readRecord(lines), number: ++this.#number };
  }
}

/** What a record is called: its title, or a field that names it. */
export function recordName({ title, fields }: SdfRecord): string {
  if (title !== '') return title;
  const [, name = ''] = [...fields].find(([field]) => NAME_FIELDS.test(field)) ?? [];
  return name.split('\n', 1)[0];
}

/** The columns are known only at the end: records are gathered first. */
export async function* sdfRows(lines: AsyncIterable<string>): AsyncGenerator<TableRow> {
  const records: SdfRecord[] = [];
  const reader = new SdfReader();
  for await (const line of lines) {
    const record = reader.push(line);
    if (record !== null) records.push(record);
    if (records.length > MOST_RECORDS)
      throw new InputError(`There are more than ${MOST_RECORDS.toLocaleString('en')} records.`);
  }
  const last = reader.end();
  if (last !== null) records.push(last);
  const columns = [...new Set(records.flatMap(({ fields }) => [...fields.keys()]))];
  yield { line: 0, cells: [MOL_BLOCK, TITLE, ...columns] };
  for (const { block, title, fields, number } of records)
    yield { line: number, cells: [block, title, ...columns.map((name) => fields.get(name) ?? '')] };
}

const FIELD = /^>.*<([^>]+)>/;

function readRecord(lines: readonly string[]): Omit<SdfRecord, 'number'> {
  const end = lines.findIndex((line) => line.startsWith('M  END'));
  const fields = new Map<string, string>();
  let name: string | null = null;
  for (const line of lines.slice(end < 0 ? 0 : end + 1)) {
    const found = FIELD.exec(line)?.[1];
    if (found !== undefined) fields.set((name = found.trim()), '');
    else if (line.trim() === '') name = null;
    else if (name !== null) fields.set(name, [fields.get(name)!, line.trim()].filter((part) => part !== '').join('\n'));
  }
  const block = end < 0 ? lines : lines.slice(0, end + 1);
  return { block: `${block.join('\n')}\n`, title: (lines[0] ?? '').trim(), fields };
}
