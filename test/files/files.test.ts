/**
 * @file Small files as users hand them over, ordinary and hostile, through every entry. What is right comes from RDKit,
 * Biopython and pandas in Python (make.py), never from Amalgam.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { standardise } from '../../engine/chem/standardise.ts';
import { dnaLetters } from '../../engine/dna/pasted.ts';
import { readStructure } from '../../engine/learn/user-predictor/structures.ts';
import { motifCollection } from '../../engine/objectives/families/dna/motif-library.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { DnaScoring, MoleculeScoring } from '../../engine/objectives/scoring.ts';
import type { ScoreSequences } from '../../engine/objectives/types.ts';
import { InputError } from '../../host/base/errors.ts';
import { dnaContext, loadMoleculeContext, readResource } from '../../host/chemistry/chemistry.ts';
import { scoreFile } from '../../host/commands/score-file.ts';
import { readDesignFile } from '../../host/design/design-file.ts';
import { resolveDna } from '../../host/design/dna-references.ts';
import { resolveMotifs } from '../../host/design/motif-file.ts';
import { resolveStructure, resolveStructures } from '../../host/design/structures.ts';
import { fileRecords, openFile } from '../../host/intake/lines.ts';
import { structureColumn } from '../../host/intake/table.ts';
import { CorpusFiles } from '../../host/training/corpus-files.ts';
import { openUserTable } from '../../host/training/molecule-table.ts';
import { readUserSequences } from '../../host/training/sequences.ts';
import { temporaryFolder } from '../host/tools.ts';

interface Row {
  readonly name: string;
  readonly smiles?: string;
  readonly sequence?: string;
  readonly value: number | null;
}

interface Case {
  readonly modality: 'molecule' | 'dna';
  readonly rows?: readonly Row[];
  /** Refused, as a regular expression. */
  readonly message?: string;
  /** Part of the reason of rows without a value. */
  readonly reason?: string;
  /** Part of what must be said of the whole file. */
  readonly note?: string;
}

const data = join(import.meta.dirname, 'data');
const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as Record<string, Case>;
const read = Object.entries(cases).filter(([, { rows }]) => rows !== undefined);
const refused = Object.entries(cases).filter(([, { message }]) => message !== undefined);
const folder = temporaryFolder();

let context: MoleculeContext;
let rdkit: Rdkit;
let score: Record<Case['modality'], ScoreSequences>;

beforeAll(async () => {
  context = await loadMoleculeContext();
  rdkit = context.rdkit;
  const request = { constraints: [], explain: true } as const;
  const molecules = new MoleculeScoring(
    { ...request, modality: 'molecule', objectives: [{ id: 'mw', parameters: {} }] },
    context,
  );
  const dna = new DnaScoring({ ...request, modality: 'dna', objectives: [{ id: 'gc', parameters: {} }] }, dnaContext());
  score = {
    molecule: (sequences) => molecules.score(sequences),
    dna: (sequences) => dna.score(sequences.map(dnaLetters)),
  };
});

/** The table that `amalgam score` writes. */
async function scored(file: string, modality: Case['modality']): Promise<string[][]> {
  const parts: string[] = [];
  await scoreFile({
    input: await openFile(join(data, file), { modality }),
    columns: ['value'],
    score: score[modality],
    write: (text) => Promise.resolve(void parts.push(text)),
    progress: () => undefined,
  });
  return (parse(parts.join(''), { relax_column_count: true }) as string[][]).slice(1);
}

const canonical = (smiles: string): string =>
  rdkit.withMolecule(
    smiles,
    (molecule) => molecule.canonical,
    () => '',
  );

/** The molecules or sequences that are there, each once. */
function valid({ modality, rows = [] }: Case): string[] {
  const texts = rows.filter(({ value }) => value !== null);
  return [...new Set(texts.map((row) => (modality === 'dna' ? row.sequence! : canonical(row.smiles!))))].sort();
}

test('there are at least 80 files, and each is in the table', () => {
  expect(readdirSync(data).sort()).toEqual(Object.keys(cases).sort());
  expect(Object.keys(cases).length).toBeGreaterThanOrEqual(80);
});

describe('score gives the values of RDKit and Biopython, with the names', () => {
  test.each(read)('%s', async (file, { modality, rows = [], reason }) => {
    const found = await scored(file, modality);
    expect(found).toHaveLength(rows.length);
    for (const [i, { name, value }] of rows.entries()) {
      const [, foundName, foundValue, foundReason] = found[i];
      if (value === null) {
        expect([file, i, foundValue]).toEqual([file, i, '']);
        expect(foundReason).toContain(reason ?? '');
        expect(foundReason).not.toBe('');
      } else {
        expect(Number(foundValue)).toBeCloseTo(value, 3);
        expect(foundName).toBe(name);
      }
    }
  });
});

describe('is refused, with what it is or where it is wrong', () => {
  test.each(refused)('%s', async (file, { modality, message }) => {
    await expect(scored(file, modality)).rejects.toThrow(new RegExp(message!));
    await expect(scored(file, modality)).rejects.toBeInstanceOf(InputError);
  });
});

/** Workbooks are read by commands and uploads; a design keeps its references and reads text. */
const isBook = (file: string): boolean => file.endsWith('.xlsx');

/** Rows that hold nothing, rather than what is no molecule. */
const isEmpty = (file: string, name: string): boolean =>
  (file === 'blank-lines.smi' && name === '') || (file === 'empty-cells.csv' && name === 'b');

describe('as references', () => {
  test.each(read)('%s', (file, one) => {
    const path = join(data, file);
    const resolved = () =>
      one.modality === 'dna'
        ? [...resolveDna([path], 'references', data).sequences].sort()
        : resolveStructures([path], 'references', { chemistry: context, folder: data }).smiles.map(canonical).sort();
    const isWhole = one.rows!.every(
      ({ value, smiles, name }) => value !== null || (smiles === '' && isEmpty(file, name)),
    );
    if (isBook(file)) expect(resolved).toThrow(/is a workbook, which is not read here/);
    else if (isWhole) expect(resolved()).toEqual(valid(one));
    else expect(resolved).toThrow(/neither a valid SMILES nor a known name|stands for several bases/);
  });

  test.each(refused.filter(([file]) => !isBook(file)))('%s is refused', (file, { modality }) => {
    const path = join(data, file);
    expect(() =>
      modality === 'dna'
        ? resolveDna([path], 'references', data)
        : resolveStructures([path], 'references', { chemistry: context, folder: data }),
    ).toThrow();
  });
});

describe('says which column is read where several could be', () => {
  test.each(read.filter(([, { note }]) => note !== undefined))('%s', async (file, { modality, note }) => {
    const path = join(data, file);
    expect((await openFile(path, { modality })).notes().join(' ')).toContain(note);
    const { notes } =
      modality === 'dna'
        ? resolveDna([path], 'references', data)
        : resolveStructures([path], 'references', { chemistry: context, folder: data });
    expect(notes.join(' ')).toContain(note);
  });

  test('a reference names the column that is meant', () => {
    const named = (text: string) =>
      resolveStructures([text], 'references', { chemistry: context, folder: data }).smiles;
    expect(named('two-structures.csv#parent_smiles')).toEqual(['CCN', 'CCO']);
    expect(() => named('two-structures.csv#parent')).toThrow(/no column "parent"/);
    expect(resolveDna(['two-sequences.csv#reverse sequence'], 'references', data).sequences).toEqual(['CCGAATTC']);
  });
});

/** Rows that hold something, as the first structure of a file is asked for. */
const filledRows = ({ rows = [] }: Case, file: string): readonly Row[] =>
  rows.filter(({ smiles, value, name }) => value !== null || smiles !== '' || !isEmpty(file, name));

describe('as a scaffold: the first structure of the file', () => {
  test.each(read.filter(([file, { modality }]) => modality === 'molecule' && !isBook(file)))('%s', (file, one) => {
    const [first] = filledRows(one, file);
    const found = () => resolveStructure(join(data, file), 'scaffold', { chemistry: context, folder: data }).smiles;
    if (first.value === null) expect(found).toThrow(/The first (line|record) of/);
    else expect(canonical(found())).toBe(canonical(first.smiles!));
  });
});

describe('as the table of a predictor: no structure that is not in the file, and none lost', () => {
  test.each(read.filter(([, { modality }]) => modality === 'molecule'))('%s', async (file, one) => {
    const table = await openUserTable(rdkit, join(data, file)).catch((error: unknown) => {
      expect(error).toBeInstanceOf(InputError);
      return null;
    });
    if (table === null) return;
    let index: number;
    try {
      index = structureColumn(table).index;
    } catch (error) {
      return expect(error).toBeInstanceOf(InputError);
    }
    const found = table.rows.map(({ line, cells }) => readStructure(rdkit, line, cells[index] ?? ''));
    const right = one.rows!.map(({ value, smiles }) => (value === null ? null : standard(smiles!)));
    const texts = found.map((row) => ('reason' in row ? null : row.smiles));
    // A list has no header: its first line would be one.
    const isList = texts.length < right.length;
    const filled = (list: readonly (string | null)[]) => list.filter((text) => text !== null);
    expect(filled(texts)).toEqual(filled(isList ? right.slice(1) : right));
  });

  test.each(refused.filter(([, { modality }]) => modality === 'molecule'))('%s is refused', async (file) => {
    const learnt = async () => {
      const table = await openUserTable(rdkit, join(data, file));
      return structureColumn(table);
    };
    await expect(learnt()).rejects.toBeInstanceOf(InputError);
  });
});

const standard = (smiles: string): string =>
  rdkit.withMolecule(
    smiles,
    (molecule) => standardise(rdkit, molecule).smiles,
    () => '',
  );

describe('as what they are not', () => {
  test.each(Object.keys(cases))('%s is no design', (file) => {
    expect(() => readDesignFile(join(data, file), context)).toThrow(InputError);
  });

  test.each(Object.keys(cases))('%s has no motifs', (file) => {
    expect(() => motifCollection(resolveMotifs(join(data, file), 'motifs', data), readResource)).toThrow(
      ParameterError,
    );
  });
});

describe('as the series of a generator, on the command line and in the window', () => {
  test.each(read)('%s', async (file, one) => {
    const path = join(data, file);
    const upload = await readUserSequences(path, one.modality, rdkit);
    const bad = one.rows!.filter(({ value }) => value === null).length;
    const right = one.modality === 'dna' ? valid(one) : [...new Set(valid(one).map(standard))].sort();
    expect([...upload.texts].sort()).toEqual(right);
    expect(upload.rows - upload.unreadable.length).toBe(one.rows!.length - bad);
    const texts: string[] = [];
    const learnt = async () => {
      for await (const text of new CorpusFiles([path], { modality: one.modality }).texts()) texts.push(text);
    };
    const filled = one.rows!.filter(
      (row) => (row.sequence !== '' && row.name !== '') || (row.smiles ?? row.sequence) !== '',
    );
    if (one.modality === 'molecule' && upload.unreadable.length > 0.2 * upload.rows)
      await expect(learnt()).rejects.toThrow(/At most 20% may be invalid/);
    else {
      await learnt();
      expect(texts.length).toBeLessThanOrEqual(filled.length);
      if (one.modality === 'molecule') expect([...new Set(texts.map(canonical))].sort()).toEqual(valid(one));
    }
  });
});

interface Neighbour {
  readonly of: string;
  readonly content: string;
  /** What pandas reads without a warning; null where it refuses. */
  readonly pandas: readonly string[] | null;
}

describe('damaged tables give what pandas reads without a warning, or a message', () => {
  const neighbours = JSON.parse(readFileSync(join(import.meta.dirname, 'neighbours.json'), 'utf8')) as Neighbour[];
  test.each(neighbours.map((one, i) => [`${one.of} ${i}`, one, i] as const))(
    '%s',
    async (_, { of, content, pandas }, i) => {
      const file = join(folder, `${i}-${of}`);
      writeFileSync(file, Buffer.from(content, 'base64'));
      const texts: string[] = [];
      try {
        for await (const { text } of fileRecords(file, 'molecule')) texts.push(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return;
      }
      if (pandas !== null) expect(texts.filter((text) => text !== '')).toEqual(pandas.filter((text) => text !== ''));
    },
  );
});
