/** The best candidates of a run as a file. */
import { ContractError, type Parsed, type Result } from '../../contract/api.ts';
import { type CandidateRow, getRunWithCounts, type ReadableWorkspace, topCandidates } from '../../db/index.ts';
import type { Modality } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { featureFinder } from '../candidates/features.ts';
import { bestByLowerBound, type Tell } from '../candidates/intervals.ts';
import { checkedWeights } from '../runs/check-weights.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';
import { roundsOf } from '../runs/summary.ts';
import { columnsOf, type ExportTable, predictionColumns } from './columns.ts';
import { csvText } from './csv.ts';
import { fastaText } from './fasta.ts';
import { genbankText } from './genbank.ts';
import { orderText } from './order.ts';
import { reportHtml } from './report/report.ts';
import { type EmbedAll, sdf3dText, sdfText } from './sdf.ts';
import { plainText, smilesText } from './smi.ts';
import { xlsxBytes } from './xlsx.ts';

type ExportRequest = Parsed<'export.make'>;

interface Format {
  readonly mime: string;
  /** Of the file's name. */
  readonly ending: string;
  /** Text, or bytes. */
  readonly write: (table: ExportTable, rdkit: Rdkit, embedAll: EmbedAll) => string | Promise<Uint8Array | Written>;
  /** Of candidates; any number where left out. */
  readonly most?: number;
}

/** What was written of those that the format can hold. */
type Written = Pick<Result<'export.make'>, 'content' | 'leftOut'>;

/** Conformers that are made for one file: an hour's work at most. */
const MOST_CONFORMERS = 2000;

const csv: Format = { mime: 'text/csv', ending: 'csv', write: csvText };
const xlsx: Format = {
  mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ending: 'xlsx',
  write: xlsxBytes,
};
const order: Format = { mime: 'text/csv', ending: 'order.csv', write: orderText };
const html: Format = { mime: 'text/html', ending: 'html', write: reportHtml };

/** Each modality's formats, or why there is none. */
const FORMATS: Readonly<Record<Modality, Readonly<Record<ExportRequest['format'], Format | string>>>> = {
  molecule: {
    smi: { mime: 'chemical/x-daylight-smiles', ending: 'smi', write: smilesText },
    csv,
    xlsx,
    html,
    order,
    sdf: { mime: 'chemical/x-mdl-sdfile', ending: 'sdf', write: sdfText },
    sdf3d: { mime: 'chemical/x-mdl-sdfile', ending: '3d.sdf', write: sdf3dText, most: MOST_CONFORMERS },
    fasta: 'generated molecules, which FASTA cannot contain: use SMILES, CSV or SDF',
    genbank: 'generated molecules, which GenBank cannot contain: use SMILES, CSV or SDF',
  },
  dna: {
    smi: { mime: 'text/plain', ending: 'txt', write: plainText },
    csv,
    xlsx,
    html,
    order,
    sdf: 'generated DNA, which has no chemical structures to draw: use FASTA, CSV or plain text',
    sdf3d: 'generated DNA, which has no conformers: use FASTA, CSV or plain text',
    fasta: { mime: 'text/x-fasta', ending: 'fasta', write: fastaText },
    genbank: { mime: 'chemical/seq-na-genbank', ending: 'gb', write: genbankText },
  },
};

/** What an export is made with. */
export interface ExportParts {
  readonly rdkit: Rdkit;
  readonly embedAll: EmbedAll;
  readonly tell: Tell;
}

/**
 * @throws NotFoundError; ContractError for weights that do not fit, and for a format that cannot hold what the run
 * made
 */
export async function exportRun(
  db: ReadableWorkspace,
  request: ExportRequest,
  { rdkit, embedAll, tell }: ExportParts,
): Promise<Result<'export.make'>> {
  const { runId, format, predictions } = request;
  const run = getRunWithCounts(db, runId);
  const candidates = await chosenCandidates(db, request, tell);
  const modality = modalityOf(db, run);
  const chosen = FORMATS[modality][format];
  if (typeof chosen === 'string') throw new ContractError('bad-input', `Run ${runId} ${chosen}.`);
  const [goals, limits] = [objectivesOf(run), constraintsOf(run)];
  const told = predictions
    ? predictionColumns(
        goals,
        candidates,
        await tell(
          runId,
          candidates.map(({ sequence }) => sequence),
        ),
      )
    : [];
  const table = {
    run,
    modality,
    candidates,
    columns: [...columnsOf(goals, limits, run.predictors), ...told],
    goals,
    limits,
    rounds: roundsOf(db, runId),
    features: featureFinder(db, runId),
  };
  const { mime, ending, write, most = Infinity } = chosen;
  if (candidates.length > most)
    throw new ContractError(
      'bad-input',
      `Computing a conformer takes seconds, so ${format} is limited to ${most.toLocaleString('en')} candidates. You asked for ${candidates.length.toLocaleString('en')}.`,
    );
  const fileName = `${fileStem(run.designName)}-run${runId}.${ending}`;
  const { leftOut, ...file } = encoded(await write(table, rdkit, embedAll));
  return { fileName, mime, count: candidates.length - leftOut.length, leftOut, ...file };
}

async function chosenCandidates(
  db: ReadableWorkspace,
  { runId, top, weights, starredOnly, ids, by }: ExportRequest,
  tell: Tell,
): Promise<readonly CandidateRow[]> {
  const checked = checkedWeights(db, runId, weights);
  const asked = { by: 'total', weights: checked, starredOnly, ...(ids && { ids, includeInfeasible: true }) } as const;
  if (by === 'total') return topCandidates(db, runId, { ...asked, limit: top }).candidates;
  const { count } = topCandidates(db, runId, { ...asked, limit: 1 });
  const { candidates } = topCandidates(db, runId, { ...asked, limit: Math.max(1, count) });
  return bestByLowerBound(db, runId, candidates, top, tell, checked);
}

function encoded(
  written: string | Uint8Array | Written,
): Pick<Result<'export.make'>, 'content' | 'encoding' | 'leftOut'> {
  if (typeof written === 'string') return { content: written, encoding: 'text', leftOut: [] };
  if (written instanceof Uint8Array)
    return { content: Buffer.from(written).toString('base64'), encoding: 'base64', leftOut: [] };
  return { ...written, encoding: 'text' };
}

/** A design's name as part of a file name that every system takes. */
function fileStem(name: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return stem === '' ? 'design' : stem;
}
