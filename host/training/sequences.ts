/**
 * A user's molecules or DNA, read from a file of any format for adapting a generator:
 * standardised, without duplicates, with a report of everything that was omitted.
 */
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { readDna } from '../../engine/dna/pasted.ts';
import type { CorpusReport } from '../../engine/learn/corpus.ts';
import { readStructure, type StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import { InputError } from '../base/errors.ts';
import { type OpenRecords, openRecords } from '../intake/records.ts';
import { problemText } from '../intake/report.ts';

/** One text and its place in the file. */
interface Placed {
  readonly line: number;
  readonly text: string;
  readonly problem?: string;
}

interface OpenFile {
  /** "comma-separated", "FASTA". */
  readonly format: string;
  /** The word for a place in the file, e.g. "line". */
  readonly place: string;
  readonly notes: readonly string[];
  readonly rows: readonly Placed[];
}

export interface UserSequences extends Omit<OpenFile, 'rows'> {
  readonly rows: number;
  /** Canonical, without duplicates, in the order of the file. */
  readonly texts: readonly string[];
  readonly unreadable: readonly StructureProblem[];
  /** Texts whose smaller fragments were removed, and whose charges were neutralised. */
  readonly stripped: number;
  readonly neutralised: number;
  /** Texts that repeat an earlier one. */
  readonly duplicates: number;
}

const MOST_ROWS = 200_000;
const NO_COLUMN = 'no column of SMILES';

/** @throws InputError for a file that cannot be read, is empty or holds the other modality */
export async function readUserSequences(file: string, modality: Modality, rdkit: Rdkit): Promise<UserSequences> {
  const { rows, ...about } = await openFile(file, modality, rdkit);
  if (rows.length > MOST_ROWS)
    throw new InputError(
      `${file} has more than ${MOST_ROWS.toLocaleString('en')} ${modalityWords[modality].many}. Use a sample of them, or "amalgam pretrain --from" on the command line.`,
    );
  const read = modality === 'dna' ? readBases(rows) : readMolecules(rows, rdkit);
  return { ...about, rows: rows.length, ...read };
}

async function openFile(file: string, modality: Modality, rdkit: Rdkit): Promise<OpenFile> {
  const input = await opened(file, modality, rdkit);
  const rows: Placed[] = [];
  for await (const { place: line, text, problem } of input.records) {
    if (text !== '' || problem !== undefined) rows.push({ line, text, ...(problem !== undefined && { problem }) });
    if (rows.length > MOST_ROWS) break;
  }
  return { format: input.format, place: input.place, notes: input.notes(), rows };
}

/** @throws InputError that names the other modality where the file holds that */
async function opened(file: string, modality: Modality, rdkit: Rdkit): Promise<OpenRecords> {
  const load = () => Promise.resolve(rdkit);
  const other = modality === 'dna' ? 'molecule' : 'dna';
  try {
    return await openRecords(file, { modality }, load);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isForeign = await openRecords(file, { modality: other }, load).then(
      () => true,
      () => false,
    );
    throw isForeign ? foreign(file, other) : new InputError(error.message.replace(NO_COLUMN, '$& or DNA'));
  }
}

function foreign(file: string, found: Modality): InputError {
  return new InputError(
    `${file} holds ${modalityWords[found].kind}. Choose a generator of ${modalityWords[found].kind}.`,
  );
}

type Read = Pick<UserSequences, 'texts' | 'unreadable' | 'stripped' | 'neutralised' | 'duplicates'>;

function readMolecules(rows: readonly Placed[], rdkit: Rdkit): Read {
  const unreadable: StructureProblem[] = [];
  const texts: string[] = [];
  let [stripped, neutralised] = [0, 0];
  for (const { line, text, problem } of rows) {
    const read = problem === undefined ? readStructure(rdkit, line, text) : { line, text, reason: problem };
    if ('reason' in read) unreadable.push(read);
    else {
      texts.push(read.smiles);
      stripped += Number(read.stripped);
      neutralised += Number(read.neutralised);
    }
  }
  return { ...different(texts), unreadable, stripped, neutralised };
}

function readBases(rows: readonly Placed[]): Read {
  const unreadable: StructureProblem[] = [];
  const texts: string[] = [];
  for (const { line, text } of rows) {
    const read = readDna(text);
    if ('reason' in read) unreadable.push({ line, text: text.slice(0, 30), reason: read.reason });
    else texts.push(read.bases);
  }
  return { ...different(texts), unreadable, stripped: 0, neutralised: 0 };
}

function different(texts: readonly string[]): Pick<Read, 'texts' | 'duplicates'> {
  const set = new Set(texts);
  return { texts: [...set], duplicates: texts.length - set.size };
}

/** What was read and what was omitted, one sentence each. @param added tokens that are new to the generator */
export function sequenceLines(
  { rows, notes, unreadable, stripped, neutralised, duplicates, place }: UserSequences,
  { kept, tooLong, unknownToken, firstUnknown }: CorpusReport,
  prior: string,
  added: readonly string[],
  modality: Modality,
): string[] {
  const { many } = modalityWords[modality];
  const some = (count: number, line: string) => (count === 0 ? [] : [line]);
  return [
    ...notes,
    `${rows} read: ${kept} different ${many} to learn from.`,
    ...some(unreadable.length, `${unreadable.length} cannot be read: ${problemText(unreadable, place)}.`),
    ...some(stripped, `Salts and solvents are removed in ${stripped}: only the largest fragment is kept.`),
    ...some(neutralised, `${neutralised} have their charges neutralised.`),
    ...some(duplicates, `${duplicates} are duplicates.`),
    ...some(tooLong, `${tooLong} are too long for ${prior}.`),
    ...some(
      unknownToken,
      `${unknownToken} contain tokens that the generator does not know. The first one: ${firstUnknown ?? ''}`,
    ),
    ...some(added.length, `Tokens that are new to ${prior} and learnt only from these data: ${added.join(' ')}`),
  ];
}
