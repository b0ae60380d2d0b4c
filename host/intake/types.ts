/** @file A table while it is read: rows of texts with their place in the file. */
import type { Delimiter } from './delimiter.ts';

/** The cells of one row; the first is the header. */
export interface TableRow {
  /** Line or row of the file; for SDF, the number of the record. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface OpenTable {
  readonly format: 'text' | 'xlsx' | 'sdf';
  /** Of a text file. */
  readonly delimiter: Delimiter | null;
  /** What was assumed of the file, for the user. */
  readonly notes: readonly string[];
  /** The header, then the rows in order; empty ones are left out. @throws InputError for a damaged file */
  readonly rows: AsyncIterable<TableRow>;
}

/** A text file that is being read. */
export interface OpenText {
  /** Its first characters. */
  readonly head: string;
  readonly encoding: string;
  /** All of it, the head included. */
  readonly chunks: AsyncIterable<string>;
}
