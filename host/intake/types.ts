/** @file Tables and records while they are read, with their place in the file. */
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

/** A structure or a sequence of a file. */
export interface IntakeRecord {
  /** What the file calls it; '' where it does not. */
  readonly name: string;
  /** SMILES, or DNA as it is written; '' where a row has none. */
  readonly text: string;
  /** Number of its line, row or record, from 1. */
  readonly place: number;
  /** The line that the text begins, where a line has no cells. */
  readonly line?: string;
  /** Why it is neither a structure nor a sequence although something is there. */
  readonly problem?: string;
}
