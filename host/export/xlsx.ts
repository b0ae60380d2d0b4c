/**
 * A spreadsheet (Office Open XML): a row a candidate with its picture, numbers as
 * numbers, and a second sheet that says what the columns are. Texts are texts:
 * no cell is ever a formula.
 */
import writeExcelFile, { type Image, type SheetData } from 'write-excel-file/node';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { goalText, limitText } from '../design/resolved.ts';
import { type Cell, type ExportTable, sequenceColumn } from './columns.ts';
import { PICTURE, pictureOf } from './pictures.ts';

/** Height of a row in points, so that a picture fits; a pixel is three quarters of a point. */
const ROW_POINTS = PICTURE.height * 0.75 + 4;
/** Width of a column in characters. */
const PICTURE_COLUMN = 24;
const SEQUENCE_COLUMN = 44;
const NUMBER_COLUMN = 16;
const DPI = 96;
const MOST_PICTURES = 2000;

export async function xlsxBytes(table: ExportTable, rdkit: Rdkit): Promise<Uint8Array> {
  const hasPictures = table.modality === 'molecule' && table.candidates.length <= MOST_PICTURES;
  const images = hasPictures ? await picturesOf(table, rdkit) : [];
  const file = writeExcelFile([
    {
      sheet: 'Candidates',
      data: candidateRows(table, hasPictures),
      images,
      stickyRowsCount: 1,
      columns: widths(table, hasPictures),
    },
    { sheet: 'Goals and limits', data: goalRows(table), columns: [{ width: 40 }, { width: 60 }, { width: 10 }] },
  ]);
  return file.toBuffer();
}

function candidateRows({ run, modality, candidates, columns }: ExportTable, hasPictures: boolean): SheetData {
  const picture = hasPictures ? ['structure'] : [];
  const header = [...picture, sequenceColumn[modality], ...columns.map(({ name }) => name)].map((name) => ({
    value: name,
    type: String,
    fontWeight: 'bold' as const,
  }));
  const rows = candidates.map((candidate) => {
    const cells = [candidate.sequence, ...columns.map((column) => column.cell(candidate, run))].map(typed);
    return hasPictures ? [{ value: '', type: String, height: ROW_POINTS }, ...cells] : cells;
  });
  return [header, ...rows];
}

function typed(
  value: Cell,
): { value: string; type: StringConstructor } | { value: number; type: NumberConstructor } | null {
  if (value === null) return null;
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}

function goalRows({ run, goals, limits }: ExportTable): SheetData {
  const header = ['Goal or limit', 'Wanted', 'Weight'].map((value) => ({
    value,
    type: String,
    fontWeight: 'bold' as const,
  }));
  const wanted = goals.map(({ label, goal, unit, weight }) => [
    typed(label),
    typed(goalText(goal, unit)),
    typed(weight),
  ]);
  const kept = limits.map((limit) => [typed(limit.label), typed(limitText(limit)), null]);
  return [header, ...wanted, ...kept, [], ...fileRows(run)];
}

/** What the run was made with, to the byte. */
function fileRows({ prior, priorKey, predictors }: ExportTable['run']): SheetData {
  const header = ['Made with', 'SHA-256'].map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  return [
    header,
    [typed(`Generator ${prior}`), typed(priorKey)],
    ...(predictors ?? []).map(({ file, key }) => [typed(`Predictor ${file}`), typed(key)]),
  ];
}

function widths({ columns }: ExportTable, hasPictures: boolean): { width: number }[] {
  return [
    ...(hasPictures ? [{ width: PICTURE_COLUMN }] : []),
    { width: SEQUENCE_COLUMN },
    ...columns.map(() => ({ width: NUMBER_COLUMN })),
  ];
}

async function picturesOf({ candidates }: ExportTable, rdkit: Rdkit): Promise<Image[]> {
  const images: Image[] = [];
  for (const [i, { sequence }] of candidates.entries()) {
    const png = await pictureOf(sequence, rdkit);
    if (png === null) continue;
    images.push({
      content: Buffer.from(png),
      contentType: 'image/png',
      ...PICTURE,
      dpi: DPI,
      anchor: { row: i + 2, column: 1 },
      offsetX: 2,
      offsetY: 2,
      title: sequence,
    });
  }
  return images;
}
