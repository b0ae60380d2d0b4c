/** The best candidates of a run as a file. */
import type { Parsed, Result } from '../../contract/api.ts';
import { getRunWithCounts, topCandidates, type ReadableWorkspace } from '../../db/index.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { checkedWeights } from '../check-weights.ts';
import { constraintsOf, objectivesOf } from '../setup.ts';
import { columnsOf, type ExportTable } from './columns.ts';
import { csvText } from './csv.ts';
import { sdfText } from './sdf.ts';
import { smilesText } from './smi.ts';

type ExportRequest = Parsed<'run.export'>;

const FORMATS: Readonly<Record<ExportRequest['format'], { readonly mime: string; readonly write: (table: ExportTable, rdkit: Rdkit) => string }>> = {
  smi: { mime: 'chemical/x-daylight-smiles', write: smilesText },
  csv: { mime: 'text/csv', write: csvText },
  sdf: { mime: 'chemical/x-mdl-sdfile', write: sdfText },
};

/** @throws NotFoundError; ContractError for weights that do not fit */
export function exportRun(db: ReadableWorkspace, { runId, format, top, weights, starredOnly }: ExportRequest, rdkit: Rdkit): Result<'run.export'> {
  const run = getRunWithCounts(db, runId);
  const { candidates } = topCandidates(db, runId, { by: 'total', weights: checkedWeights(db, runId, weights), limit: top, starredOnly });
  const table = { run, candidates, columns: columnsOf(objectivesOf(run), constraintsOf(run)) };
  const { mime, write } = FORMATS[format];
  return { fileName: `${fileStem(run.designName)}-run${runId}.${format}`, mime, content: write(table, rdkit), count: candidates.length };
}

/** A design's name as part of a file name that every system takes. */
function fileStem(name: string): string {
  const stem = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return stem === '' ? 'design' : stem;
}
