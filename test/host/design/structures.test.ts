/** @file Structures given by name, SMILES or file, one or many, good and bad. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { drugNames } from '../../../host/design/names/drugs.ts';
import { resolveStructure, resolveStructures, type StructureContext } from '../../../host/design/structures.ts';
import { temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
let context: StructureContext;
beforeAll(async () => {
  context = { chemistry: await loadMoleculeContext(), folder };
});

const chain = (length: number) => 'C'.repeat(length);
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const many = (...texts: string[]) => resolveStructures(texts, 'references', context);

test('names, SMILES and files of either become SMILES, each once', () => {
  const list = file('list.smi', `CCO ethanol\r\n\nacetylsalicylic acid\nCCO again\n`);
  const table = file('table.csv.gz', gzipSync('id,SMILES\n1,CCN\n2,\n3,"CCC"\n'));
  expect(many('Celecoxib', list, table, 'CCO')).toEqual({
    smiles: [drugNames().celecoxib, 'CCO', drugNames().aspirin, 'CCN', 'CCC'],
    name: '5 structures',
    notes: [],
  });
  expect(many('Celecoxib').name).toBe('celecoxib');
});

test('a file with 1% bad lines is read on, and the bad lines are named', () => {
  const lines = Array.from({ length: 400 }, (_, i) => chain(i + 1));
  lines[6] = 'C1CC';
  lines[41] = 'no molecule';
  lines[99] = 'c1ccc';
  lines[300] = '*(';
  const { smiles, notes } = many(file('few.txt', lines.join('\n')));
  expect(smiles).toHaveLength(396);
  expect(notes).toEqual([
    '4 of the 400 lines of few.txt are neither a valid SMILES nor a known name (line 7: "C1CC", line 42: "no molecule", line 100: "c1ccc", ...). They were omitted.',
  ]);
});

test('a file with more than 5% bad lines is refused', () => {
  const lines = Array.from({ length: 100 }, (_, i) => (i < 6 ? 'C1CC' : chain(i + 1)));
  expect(() => many(file('many.smi', lines.join('\n')))).toThrow(
    /^6 of the 100 lines of many\.smi are neither .*\(line 1: "C1CC", .*At most 5% may be unreadable/,
  );
  lines[0] = chain(200);
  expect(many(file('border.smi', lines.join('\n'))).smiles).toHaveLength(95);
});

test.each([
  ['an empty file', () => many(file('empty.smi', '\n\n')), 'empty.smi is empty.'],
  ['a table without SMILES', () => many(file('bad.csv', 'a,b\n1,2\n')), 'there is no column of SMILES'],
  ['a mistyped name', () => many('CCO', 'celecoxip'), 'The nearest known name is "celecoxib".'],
  ['nothing', () => many('  '), 'No structure is given.'],
  ['a damaged archive', () => many(file('damaged.smi.gz', 'CCO\n')), 'header'],
  [
    'a file whose first line is no structure',
    () => resolveStructure(file('one.smi', 'nonsense here\n'), 'reference', context),
    'The first line of one.smi is "nonsense here"',
  ],
])('%s is a clear error', (_what, resolve, message) => {
  expect(resolve).toThrow(message);
});

test('more structures than a run keeps are refused', () => {
  const lines = Array.from({ length: 100_001 }, (_, i) => `[${i + 1}C]`);
  const cheap = { parse: () => ({ dispose: () => undefined }) } as unknown as StructureContext['chemistry']['rdkit'];
  const name = file('huge.smi', lines.join('\n'));
  expect(() =>
    resolveStructures([name], 'references', { folder, chemistry: { ...context.chemistry, rdkit: cheap } }),
  ).toThrow('more than 100,000 structures');
});

test('files are not read where that is not allowed', () => {
  const name = file('here.smi', 'CCO\n');
  expect(() => resolveStructures([name], 'references', { ...context, folder: null })).toThrow('neither a valid SMILES');
});
