/** Comma-separated values by RFC 4180: CRLF line ends, quotes where needed, empty where missing. */
import { type Cell, type ExportTable, sequenceColumn } from './columns.ts';

export function csvText({ run, modality, candidates, columns }: ExportTable): string {
  const header = [sequenceColumn[modality], ...columns.map(({ name }) => name)];
  const rows = candidates.map((candidate) => [
    candidate.sequence,
    ...columns.map((column) => column.cell(candidate, run)),
  ]);
  return [header, ...rows].map(csvLine).join('');
}

/** One record with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
