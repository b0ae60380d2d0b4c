/**
 * SDF as a table: the mol block in the first column, then the title, then the
 * data fields in the order in which they first occur (CTfile formats, BIOVIA).
 */
import { InputError } from '../base/errors.ts';
import type { OpenText, TableRow } from './types.ts';

/** Column of the mol blocks. */
export const MOL_BLOCK = 'structure';
const TITLE = 'title';
const MOST_RECORDS = 200_000;

interface SdfRecord {
  readonly block: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** The columns are known only at the end: records are gathered first. */
export async function* sdfRows({ chunks }: OpenText): AsyncGenerator<TableRow> {
  const records: SdfRecord[] = [];
  const names = new Set<string>();
  for await (const lines of recordsOf(chunks)) {
    if (records.length >= MOST_RECORDS)
      throw new InputError(`There are more than ${MOST_RECORDS.toLocaleString('en')} records.`);
    const record = readRecord(lines);
    for (const name of record.fields.keys()) names.add(name);
    records.push(record);
  }
  const columns = [...names];
  yield { line: 0, cells: [MOL_BLOCK, TITLE, ...columns] };
  for (const [i, { block, fields }] of records.entries())
    yield {
      line: i + 1,
      cells: [block, block.split('\n', 1)[0].trim(), ...columns.map((name) => fields.get(name) ?? '')],
    };
}

async function* recordsOf(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let lines: string[] = [];
  for await (const line of linesOf(chunks)) {
    if (!line.startsWith('$$$$')) lines.push(line);
    else {
      yield lines;
      lines = [];
    }
  }
  if (lines.some((line) => line.trim() !== '')) yield lines;
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

const FIELD = /^>.*<([^>]+)>/;

function readRecord(lines: readonly string[]): SdfRecord {
  const end = lines.findIndex((line) => line.startsWith('M  END'));
  const fields = new Map<string, string>();
  let name: string | null = null;
  for (const line of lines.slice(end < 0 ? 0 : end + 1)) {
    const found = FIELD.exec(line)?.[1];
    if (found !== undefined) fields.set((name = found.trim()), '');
    else if (line.trim() === '') name = null;
    else if (name !== null) fields.set(name, [fields.get(name)!, line.trim()].filter((part) => part !== '').join('\n'));
  }
  return { block: `${lines.slice(0, end + 1).join('\n')}\n`, fields };
}
