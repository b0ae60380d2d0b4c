/**
 * @file A tagged template for SQL and four ways to run it. Values become bound parameters and fragments are spliced in,
 * so no string reaches SQLite unescaped.
 */
import type { Statement } from 'better-sqlite3';
import type { ReadableWorkspace, WritableWorkspace } from './handle.ts';

export type SqlValue = string | number | null | Uint8Array;

export class Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
  constructor(text: string, values: readonly SqlValue[]) {
    this.text = text;
    this.values = values;
  }
}

/** Texts of templates without fragments. They are the same string object each time, which finds its statement fast. */
const plainTexts = new WeakMap<TemplateStringsArray, string>();

/** sql`SELECT name FROM design WHERE id = ${id}`; a nested sql`` is spliced in. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const plain = parts.filter((part): part is SqlValue => !(part instanceof Sql));
  return plain.length === parts.length ? new Sql(plainText(strings), plain) : spliced(strings, parts);
}

function plainText(strings: TemplateStringsArray): string {
  let text = plainTexts.get(strings);
  if (text === undefined) plainTexts.set(strings, (text = strings.join('?')));
  return text;
}

function spliced(strings: TemplateStringsArray, parts: readonly (Sql | SqlValue)[]): Sql {
  let text = strings[0];
  const values: SqlValue[] = [];
  parts.forEach((part, i) => {
    if (part instanceof Sql) values.push(...part.values);
    else values.push(part);
    text += (part instanceof Sql ? part.text : '?') + strings[i + 1];
  });
  return new Sql(text, values);
}

/** The prepared statement of a text, made once per handle. */
export function prepare(db: ReadableWorkspace, text: string): Statement {
  let statement = db.statements.get(text);
  if (!statement) {
    statement = db.connection.prepare(text);
    db.statements.set(text, statement);
  }
  return statement;
}

/**
 * A statement that inserts `rows` rows, each with one value per column named in `into`. It takes half the time of one
 * statement per row.
 */
export function rowsInsert(db: WritableWorkspace, into: string, rows: number): Statement {
  const row = `(${into
    .split(',')
    .map(() => '?')
    .join(', ')})`;
  return prepare(db, `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => row).join(', ')}`);
}

/** The caller vouches for row types: STRICT tables hold what the schema says. */
export function all<Row>(db: ReadableWorkspace, query: Sql): Row[] {
  return prepare(db, query.text).all(...query.values) as Row[];
}

export function get<Row>(db: ReadableWorkspace, query: Sql): Row | undefined {
  return prepare(db, query.text).get(...query.values) as Row | undefined;
}

/**
 * Rows one by one, for tables that do not fit into memory. The statement is not shared, so the caller may run others
 * meanwhile.
 */
export function each<Row>(db: ReadableWorkspace, query: Sql): IterableIterator<Row> {
  return db.connection.prepare(query.text).iterate(...query.values) as IterableIterator<Row>;
}

/** @returns number of changed rows and the id of the last inserted row */
export function run(db: WritableWorkspace, query: Sql): { changes: number; id: number } {
  const { changes, lastInsertRowid } = prepare(db, query.text).run(...query.values);
  return { changes, id: Number(lastInsertRowid) };
}
