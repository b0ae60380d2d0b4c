/** FASTA: a header with the candidate's name and its values, then the bases in lines of 60. */
import type { CandidateRow } from '../../db/index.ts';
import type { Column, ExportTable } from './columns.ts';

const LINE = /.{1,60}/g;

export function fastaText(table: ExportTable): string {
  return table.candidates.map((candidate) => record(table, candidate)).join('');
}

function record({ run, columns }: ExportTable, candidate: CandidateRow): string {
  const facts = columns.flatMap((column) => fact(column, column.cell(candidate, run)));
  return `>${[`run${run.id}-${candidate.id}`, ...facts].join(' ')}\n${candidate.sequence.match(LINE)!.join('\n')}\n`;
}

/** Spaces separate what a header holds. Missing values are left out; the name says run and candidate already. */
function fact({ name }: Column, value: string | number | null): string[] {
  return value === null || name === 'run' || name === 'candidate' ? [] : [`${name}=${value}`.replace(/\s+/g, '_')];
}
