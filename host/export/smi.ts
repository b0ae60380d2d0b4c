/** One SMILES and name per line, as every chemistry program reads them. For DNA, one sequence per line. */
import type { ExportTable } from './columns.ts';

export function smilesText({ run, candidates }: ExportTable): string {
  return candidates.map(({ sequence, id }) => `${sequence} run${run.id}-${id}\n`).join('');
}

export function plainText({ candidates }: ExportTable): string {
  return candidates.map(({ sequence }) => `${sequence}\n`).join('');
}
