/**
 * @file Small files as users hand them over, ordinary and hostile, through every entry. What is right comes from RDKit,
 * Biopython and pandas in Python (make.py), never from Amalgam.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { dnaLetters } from '../../engine/dna/pasted.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { DnaScoring, MoleculeScoring } from '../../engine/objectives/scoring.ts';
import type { ScoreSequences } from '../../engine/objectives/types.ts';
import { InputError } from '../../host/base/errors.ts';
import { dnaContext, loadMoleculeContext } from '../../host/chemistry/chemistry.ts';
import { scoreFile } from '../../host/commands/score-file.ts';
import { resolveDna } from '../../host/design/dna-references.ts';
import { resolveStructures } from '../../host/design/structures.ts';
import { fileRecords, openFile } from '../../host/intake/lines.ts';
import { CorpusFiles } from '../../host/training/corpus-files.ts';
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

describe('as the series of a generator, on the command line and in the window', () => {
  test.each(read)('%s', async (file, one) => {
    const path = join(data, file);
    const upload = await readUserSequences(path, one.modality, rdkit);
    const bad = one.rows!.filter(({ value }) => value === null).length;
    if (one.modality === 'dna') expect([...upload.texts].sort()).toEqual(valid(one));
    else if (file !== 'salt.smi') expect([...upload.texts].sort()).toEqual(valid(one));
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
