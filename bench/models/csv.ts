/** @file Reads whole tables of the data sets. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** @param file .csv or .csv.gz @returns one record per row, by column */
export function csvRows(file: string): Record<string, string>[] {
  const bytes = readFileSync(file);
  return parse(file.endsWith('.gz') ? gunzipSync(bytes) : bytes, {
    columns: true,
    skip_empty_lines: true,
    relax_column_count_less: true,
  });
}
