/**
 * @file Structures and sequences of any file that users have, each with its name and place. What a file is shows in its
 * content: lists, tables, SDF, FASTA, GenBank, EMBL, SnapGene, also gzipped; see content.ts, layout.ts and decode.ts.
 */
import type { Modality } from '../../engine/base/modality.ts';
import { isMolBlock } from '../../engine/chem/mol-block.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { type FlatFormat, flatReader } from '../../engine/dna/flat-files.ts';
import { dnaLetters, splitDnaLine } from '../../engine/dna/pasted.ts';
import { isDnaText } from '../../engine/learn/user-predictor/structures.ts';
import { InputError } from '../base/errors.ts';
import { isSequenceColumn, plainName } from './column-names.ts';
import { recogniseBytes, recogniseText } from './content.ts';
import { decodeText } from './decode.ts';
import { delimitedRows, delimitedRowsOf } from './delimited.ts';
import { cellsOf, type Delimiter, delimiterWords, saidDelimiter, tried } from './delimiter.ts';
import { DnaLines } from './dna-lines.ts';
import {
  columnByContent,
  type Layout,
  layoutOf,
  LOOKED_AT,
  refuseLong,
  type Start,
  startOf,
  type Wanted,
} from './layout.ts';
import { recordName, SdfReader, type SdfRecord } from './sdf.ts';
import { snapgeneRecord } from './snapgene.ts';
import {
  contentOf,
  headLines,
  isFasta,
  linesOf,
  openSource,
  type Source,
  sourceOfBytes,
  type TextSource,
  unreadable,
} from './source.ts';
import { convertedStructure, isPlain, isStructureCell, plainStructure, structureLine } from './structure-text.ts';
import type { IntakeRecord, TableRow } from './types.ts';
import { sheetRows } from './xlsx.ts';

export interface RecordsOptions {
  readonly modality: Modality;
  /** Name of a table's column of structures or sequences; detected if omitted. */
  readonly structure?: string;
  /** Of an .xlsx file; the first where left out. */
  readonly sheet?: string;
}

/** A file whose records are being read. */
export interface OpenRecords {
  /** "SDF", "comma-separated", "one molecule per line". */
  readonly format: string;
  /** The word for a place in the file: line, row or record. */
  readonly place: 'line' | 'row' | 'record';
  /** One per line, row or record that may hold something. @throws InputError where the file is damaged */
  readonly records: AsyncIterable<IntakeRecord>;
  /** What was assumed, and what was left out; complete when everything is read. */
  notes(): readonly string[];
  /** Share of the file's bytes read so far; null where its size is not known. */
  share(): number | null;
}

/** RDKit when it is first needed. */
export type LoadRdkit = () => Promise<Rdkit>;

/** @param file a path, or '-' for stdin @throws InputError where it cannot be read or holds something else */
export async function openRecords(file: string, options: RecordsOptions, load: LoadRdkit): Promise<OpenRecords> {
  return openedFrom(await openSource(file), file === '-' ? 'the input' : file, options, load);
}

/** The same of a file that is in memory. @param name of the file, for messages @throws see openRecords */
export async function openBytes(
  bytes: Uint8Array,
  name: string,
  options: RecordsOptions,
  load: LoadRdkit,
): Promise<OpenRecords> {
  return openedFrom(await sourceOfBytes(bytes, name), name, options, load);
}

async function openedFrom(
  source: Source,
  name: string,
  options: RecordsOptions,
  load: LoadRdkit,
): Promise<OpenRecords> {
  const { share } = source;
  if (options.sheet !== undefined && source.content !== 'xlsx')
    throw new InputError(`${name} has no sheets. Only .xlsx files have sheets.`);
  const opened = await openContent(source, { ...options, name, load });
  return { ...opened, share };
}

interface Reading extends RecordsOptions {
  /** Of the file, for messages. */
  readonly name: string;
  readonly load: LoadRdkit;
}

type Opened = Omit<OpenRecords, 'share'>;

async function openContent(source: Source, reading: Reading): Promise<Opened> {
  const { modality, name, load } = reading;
  refuseForeign(source.content, modality, name);
  if (source.content === 'snapgene') return fixed('SnapGene', 'record', [snapgeneRecord(source.bytes, name)]);
  if (source.content === 'xlsx') return openSheet(source.bytes, reading);
  if (source.content === 'rows') return openRows(source, reading);
  const { content, chunks, notes } = source as TextSource & { readonly content: FlatFormat | 'sdf' };
  const records = content === 'sdf' ? sdfRecords(chunks, load) : flatFileRecords(chunks, content);
  return { format: content === 'sdf' ? 'SDF' : content, place: 'record', records: named(records, name), notes };
}

/** @throws InputError where a format holds the other modality */
function refuseForeign(content: Source['content'], modality: Modality, name: string): void {
  if (
    modality === 'molecule' &&
    (content === 'FASTA' || content === 'GenBank' || content === 'EMBL' || content === 'snapgene')
  )
    throw new InputError(
      `${name} is ${content === 'snapgene' ? 'a SnapGene file' : content}, which contains DNA, but molecules are expected here.`,
    );
  if (modality === 'dna' && content === 'sdf')
    throw new InputError(`${name} is SDF, which contains molecules, but DNA is expected here.`);
}

function fixed(format: string, place: Opened['place'], records: readonly IntakeRecord[]): Opened {
  return { format, place, notes: () => [], records: each(records) };
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function* named<T>(items: AsyncIterable<T>, name: string): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    unreadable(name, error);
  }
}

async function* sdfRecords(chunks: AsyncIterable<string>, load: LoadRdkit): AsyncGenerator<IntakeRecord> {
  const rdkit = await load();
  const reader = new SdfReader();
  for await (const line of linesOf(chunks)) {
    const record = reader.push(line);
    if (record !== null) yield ofSdf(record, rdkit);
  }
  const last = reader.end();
  if (last !== null) yield ofSdf(last, rdkit);
}

function ofSdf(record: SdfRecord, rdkit: Rdkit): IntakeRecord {
  const { text, problem } = isPlain(record.block)
    ? { text: '', problem: 'a mol block without the line "M  END"' }
    : convertedStructure(record.block, rdkit);
  return { name: recordName(record), text, place: record.number, ...(problem !== undefined && { problem }) };
}

async function* flatFileRecords(chunks: AsyncIterable<string>, format: FlatFormat): AsyncGenerator<IntakeRecord> {
  const reader = flatReader(format);
  let place = 0;
  for await (const line of linesOf(chunks)) {
    const record = reader.push(line);
    if (record !== null) yield { name: record.name, text: joinedLetters(record.text), place: ++place };
  }
  const last = reader.end();
  if (last !== null) yield { name: last.name, text: joinedLetters(last.text), place: ++place };
}

/** Without the ends of lines and the numbers of GenBank; anything else stays for the check of the letters. */
const joinedLetters = (text: string): string => text.replace(/[\s\d]+/g, '');

async function openSheet(bytes: Uint8Array, reading: Reading): Promise<Opened> {
  const { structure, modality } = reading;
  const names = (cell: string) =>
    structure === undefined ? isSequenceColumn(cell, modality) : plainName(cell) === plainName(structure);
  const isHeader = (cells: readonly string[]) => cells.some(names);
  const { rows, notes, sheet } = await sheetRows(bytes, reading.name, reading.sheet, isHeader);
  const wanted = await wantedOf(reading);
  const first = rows.findIndex(({ cells }) => isHeader(cells));
  const table = rows.slice(Math.max(0, first));
  const layout = layoutOf(
    table.slice(0, LOOKED_AT).map(({ cells }) => cells),
    wanted,
    `${reading.name}, sheet "${sheet}"`,
    table[0]?.line ?? 1,
  );
  const all = [...notes, ...layout.notes];
  return {
    format: 'XLSX',
    place: 'row',
    notes: () => all,
    records: tableRecords(each(table), layout, null, reading),
  };
}

async function wantedOf({ modality, structure, load }: Reading): Promise<Wanted> {
  if (modality === 'dna') return { modality, structure, isSequence: isDnaText };
  const rdkit = await load();
  return { modality, structure, isSequence: (cell) => isStructureCell(cell, rdkit) };
}

/** A list, or a table with or without a header. */
async function openRows(source: TextSource, reading: Reading): Promise<Opened> {
  const lines = headLines(source.head).slice(0, LOOKED_AT);
  const found = await layoutOfText(lines, reading);
  if (found === null) return openList(source, reading);
  const { start, layout } = found;
  const { name } = reading;
  const rows = delimitedRows(source.chunks, start.delimiter, start.above, name);
  const notes = [...start.notes, ...layout.notes];
  return {
    format: `${delimiterWords[start.delimiter]}-separated`,
    place: 'line',
    notes: () => [...source.notes(), ...notes],
    records: named(tableRecords(rows, layout, start.delimiter, reading), name),
  };
}

interface FoundLayout {
  readonly start: Start;
  readonly layout: Layout;
}

const TABLE_ENDINGS = /\.(csv|tsv|tab)(\.gz)?$/i;

/** null for a list. @throws InputError for a table without a column of sequences */
async function layoutOfText(lines: readonly string[], reading: Reading): Promise<FoundLayout | null> {
  return mayBeTable(lines, reading) ? layoutOfLines(lines, await wantedOf(reading), reading) : null;
}

const isTableFile = ({ name, structure }: Pick<Reading, 'name' | 'structure'>): boolean =>
  TABLE_ENDINGS.test(name) || structure !== undefined;

/** Whether there is anything to separate; a list of plain SMILES needs no chemistry to be read. */
function mayBeTable(lines: readonly string[], about: Pick<Reading, 'name' | 'modality' | 'structure'>): boolean {
  return (
    isTableFile(about) ||
    lines.some((line) => /[\t ,;|]|^#/.test(line.trim()) || isSequenceColumn(line, about.modality))
  );
}

function layoutOfLines(
  lines: readonly string[],
  wanted: Wanted,
  about: Pick<Reading, 'name' | 'modality' | 'structure'>,
): FoundLayout | null {
  const { name, modality } = about;
  const start = startOf(lines, wanted);
  const cells = lines
    .slice(start.above)
    .filter((line) => line.trim() !== '')
    .map((line) => cellsOf(line, start.delimiter));
  const isNamed = wanted.structure !== undefined || (cells[0] ?? []).some((cell) => isSequenceColumn(cell, modality));
  if (isTableFile(about) || isNamed) return { start, layout: layoutOf(cells, wanted, name, start.above + 1) };
  return headlessLayout(lines, wanted);
}

/** A column of sequences that is not the first word of each line, such as one behind the names. */
function headlessLayout(lines: readonly string[], wanted: Wanted): FoundLayout | null {
  const some = lines.filter((line) => line.trim() !== '' && !line.startsWith('#') && saidDelimiter(line) === null);
  const firstWords = some.map((line) => firstWord(line, wanted.modality));
  const fits = (cells: readonly string[]) => cells.filter((cell) => isSequenceWord(cell, wanted)).length;
  if (2 * fits(firstWords) > some.length) return null;
  const above = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#') && saidDelimiter(line) === null);
  for (const delimiter of tried) {
    const rows = some.map((line) => cellsOf(line, delimiter));
    const column =
      rows[0]?.length > 1
        ? columnByContent(rows, { ...wanted, isSequence: (cell) => isSequenceWord(cell, wanted) })
        : null;
    if (column === null) continue;
    const name = rows[0].length === 2 ? 1 - column : null;
    const notes = [`The file has no header. Column ${column + 1} is read.`];
    return { start: { delimiter, above, notes: [] }, layout: { header: null, column, name, notes } };
  }
  return null;
}

function firstWord(line: string, modality: Modality): string {
  return modality === 'dna' ? (splitDnaLine(line).text ?? '') : structureLine(line).text;
}

/** DNA of a list may be shorter than DNA that is told from SMILES. */
function isSequenceWord(cell: string, { modality, isSequence }: Wanted): boolean {
  return modality === 'dna' ? /^[ACGTUNRYSWKMBDHV]{4,}$/i.test(dnaLetters(cell)) : isSequence(cell);
}

async function* tableRecords(
  rows: AsyncIterable<TableRow>,
  layout: Layout,
  delimiter: Delimiter | null,
  { modality, name, load }: Reading,
): AsyncGenerator<IntakeRecord> {
  let isHeader = layout.header !== null;
  let rdkit: Rdkit | null = null;
  for await (const row of rows) {
    if (isHeader) {
      isHeader = row.cells.every((cell) => cell.trim() === '');
      continue;
    }
    if (layout.header !== null && delimiter !== ' ')
      refuseLong(row.cells, layout.header, delimiter, `${name}:${row.line}`);
    const cell = trimmed(row.cells[layout.column]);
    if (modality === 'molecule' && !isPlain(cell)) rdkit ??= await load();
    yield ofRow(row, cell, layout, modality, rdkit);
  }
}

/** A mol block keeps its first line, which may be empty. */
function trimmed(cell = ''): string {
  return isMolBlock(cell) ? cell : cell.trim();
}

function ofRow(
  { cells, line }: TableRow,
  cell: string,
  layout: Layout,
  modality: Modality,
  rdkit: Rdkit | null,
): IntakeRecord {
  const own = layout.name === null ? '' : (cells[layout.name] ?? '').trim();
  if (modality === 'dna') return { name: own, text: cell, place: line };
  const { text, name, problem } = isPlain(cell) ? plainStructure(cell) : convertedStructure(cell, rdkit!);
  return { name: own || name, text, place: line, ...(problem !== undefined && { problem }) };
}

function openList(source: TextSource, { modality, name, load }: Reading): Opened {
  refuseHeadlessFasta(headLines(source.head), modality, name);
  const left = { comments: 0 };
  const lines = listLines(source.chunks, left);
  const records = modality === 'dna' ? dnaListRecords(lines) : moleculeListRecords(lines, load);
  const about = () =>
    left.comments === 0
      ? []
      : [
          `${left.comments} ${left.comments === 1 ? 'line begins' : 'lines begin'} with "#" and ${left.comments === 1 ? 'is' : 'are'} left out.`,
        ];
  return {
    format: `one ${modality === 'dna' ? 'sequence' : 'molecule'} per line`,
    place: 'line',
    notes: () => [...source.notes(), ...about()],
    records: named(records, name),
  };
}

function refuseHeadlessFasta(lines: readonly string[], modality: Modality, name: string): void {
  if (!isFasta(name)) return;
  if (modality === 'molecule')
    throw new InputError(`${name} is FASTA, which contains DNA, but molecules are expected here.`);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first >= 0)
    throw new InputError(
      `${name}:${first + 1}: a record of FASTA starts with ">", not with "${lines[first].slice(0, 20)}".`,
    );
}

interface ListLine {
  readonly line: string;
  readonly place: number;
}

async function* listLines(chunks: AsyncIterable<string>, left: { comments: number }): AsyncGenerator<ListLine> {
  let place = 0;
  for await (const line of linesOf(chunks)) {
    place++;
    if (line.startsWith('#')) left.comments++;
    else if (saidDelimiter(line) === null) yield { line, place };
  }
}

async function* dnaListRecords(lines: AsyncIterable<ListLine>): AsyncGenerator<IntakeRecord> {
  const reader = new DnaLines();
  for await (const { line, place } of lines) {
    const record = reader.push(line, place);
    if (record !== null) yield record;
  }
  const last = reader.end();
  if (last !== null) yield last;
}

async function* moleculeListRecords(lines: AsyncIterable<ListLine>, load: LoadRdkit): AsyncGenerator<IntakeRecord> {
  let rdkit: Rdkit | null = null;
  for await (const { line, place } of lines) {
    if (!isPlain(line)) rdkit ??= await load();
    yield ofMoleculeLine(line, place, rdkit);
  }
}

function ofMoleculeLine(line: string, place: number, rdkit: Rdkit | null): IntakeRecord {
  const { text, name, problem } = isPlain(line) ? structureLine(line) : convertedStructure(line, rdkit!);
  return { name, text, place, line: line.trim(), ...(problem !== undefined && { problem }) };
}

/** The records of a file that is in memory, without what needs to be waited for. */
export interface WholeRecords {
  readonly format: string;
  readonly place: OpenRecords['place'];
  readonly notes: readonly string[];
  readonly records: readonly IntakeRecord[];
}

/**
 * The records of a whole file, unpacked.
 * @param name of the file, for messages and as openRecords takes it
 * @param rdkit null where only DNA is read
 * @throws InputError as openRecords does; also for workbooks, which only openRecords reads
 */
export function recordsOf(bytes: Uint8Array, name: string, options: RecordsOptions, rdkit: Rdkit | null): WholeRecords {
  const known = recogniseBytes(bytes, name);
  if (known !== null) {
    const content = contentOf(known, name);
    if (content === 'xlsx')
      throw new InputError(`${name} is a workbook, which is not read here. Save the sheet as CSV.`);
    refuseForeign(content, options.modality, name);
    return { format: 'SnapGene', place: 'record', notes: [], records: [snapgeneRecord(bytes, name)] };
  }
  const { text, notes } = decodeText(bytes, name);
  const read = recordsOfText(text, name, options, rdkit);
  return { ...read, notes: [...notes, ...read.notes] };
}

/** The same of a text, such as a pasted one. */
function recordsOfText(text: string, name: string, options: RecordsOptions, rdkit: Rdkit | null): WholeRecords {
  const content = contentOf(recogniseText(text.slice(0, 65_536)), name) as TextSource['content'];
  refuseForeign(content, options.modality, name);
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  if (content === 'rows') return rowsOfText(text, lines, name, options, rdkit);
  if (content === 'sdf') {
    const reader = new SdfReader();
    const records = [
      ...lines.flatMap((line) => reader.push(line) ?? []),
      ...[reader.end()].filter((one) => one !== null),
    ];
    return { format: 'SDF', place: 'record', notes: [], records: records.map((record) => ofSdf(record, rdkit!)) };
  }
  const reader = flatReader(content);
  const records = [
    ...lines.flatMap((line) => reader.push(line) ?? []),
    ...[reader.end()].filter((one) => one !== null),
  ];
  return {
    format: content,
    place: 'record',
    notes: [],
    records: records.map((record, i) => ({ name: record.name, text: joinedLetters(record.text), place: i + 1 })),
  };
}

function rowsOfText(
  text: string,
  lines: readonly string[],
  name: string,
  { modality, structure }: RecordsOptions,
  rdkit: Rdkit | null,
): WholeRecords {
  const isSequence = modality === 'dna' ? isDnaText : (cell: string) => isStructureCell(cell, rdkit!);
  const about = { name, modality, structure };
  const head = lines.slice(0, LOOKED_AT);
  const found = mayBeTable(head, about) ? layoutOfLines(head, { modality, structure, isSequence }, about) : null;
  if (found === null) return listOf(lines, name, modality, rdkit);
  const { start, layout } = found;
  const rows = delimitedRowsOf(text, start.delimiter, start.above, name);
  const body =
    layout.header === null
      ? rows
      : rows.slice(rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== '')) + 1);
  if (layout.header !== null && start.delimiter !== ' ')
    for (const row of body) refuseLong(row.cells, layout.header, start.delimiter, `${name}:${row.line}`);
  return {
    format: `${delimiterWords[start.delimiter]}-separated`,
    place: 'line',
    notes: [...start.notes, ...layout.notes],
    records: body.map((row) => ofRow(row, trimmed(row.cells[layout.column]), layout, modality, rdkit)),
  };
}

function listOf(lines: readonly string[], name: string, modality: Modality, rdkit: Rdkit | null): WholeRecords {
  refuseHeadlessFasta(lines, modality, name);
  const placed = lines
    .map((line, i) => ({ line, place: i + 1 }))
    .filter(({ line }) => !line.startsWith('#') && saidDelimiter(line) === null);
  const reader = new DnaLines();
  const records =
    modality === 'molecule'
      ? placed.map(({ line, place }) => ofMoleculeLine(line, place, rdkit))
      : [
          ...placed.flatMap(({ line, place }) => reader.push(line, place) ?? []),
          ...[reader.end()].filter((one) => one !== null),
        ];
  return { format: `one ${modality === 'dna' ? 'sequence' : 'molecule'} per line`, place: 'line', notes: [], records };
}
