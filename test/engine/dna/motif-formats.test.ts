import { expect, test } from 'vitest';
import { MotifCollection } from '../../../engine/dna/motif-collection.ts';
import { MotifFormatError, parseMotifs } from '../../../engine/dna/motif-formats.ts';
import { shippedMotifs } from '../../../engine/objectives/families/dna/motif-library.ts';
import { readResource } from '../../../host/chemistry/chemistry.ts';

const JASPAR = '>MA1.1 TF\nA [ 4 0 ]\nC [ 0 8 ]\nG [ 4 0 ]\nT [ 0 0 ]\n';
const PLAIN = '>MA1.1 TF\n4 0\n0 8\n4 0\n0 0\n';
const TRANSFAC = 'AC MA1.1\nXX\nID TF\nXX\nPO\tA\tC\tG\tT\n01\t4\t0\t4\t0\tR\n02\t0\t8\t0\t0\tC\nXX\n//\n';
const MEME = `MEME version 4

ALPHABET= ACGT

MOTIF MA1.1 TF

letter-probability matrix: alength= 4 w= 2 nsites= 8 E= 0
 0.5 0.0 0.5 0.0
 0.0 1.0 0.0 0.0

URL https://example.org
`;

test.each([
  ['JASPAR', JASPAR],
  ['JASPAR without letters', PLAIN],
  ['TRANSFAC', TRANSFAC],
  ['MEME', MEME],
])('%s is read', (_, text) => {
  expect(parseMotifs(text)).toEqual([{ id: 'MA1.1', name: 'TF', counts: Float64Array.of(4, 0, 4, 0, 0, 8, 0, 0) }]);
});

test.each([
  ['ACGT\n', 'line 1: this is not a motif format'],
  ['', 'line 1: this is not a motif format'],
  ['MEME version 4\n', 'line 1: there is no motif in it'],
  [JASPAR.replace('G [ 4 0 ]\n', ''), 'line 1: the motif MA1.1 has 3 rows instead of 4'],
  [JASPAR.replace('C [ 0 8 ]', 'N [ 0 8 ]'), 'line 3: the row of C starts with "N"'],
  [JASPAR.replace('0 8', '0 x'), 'line 3: "x" is not a count'],
  [JASPAR.replace('0 8', '0 -8'), 'line 3: "-8" is not a count'],
  [JASPAR.replace('0 8', '0 8 1'), 'line 3: the motif MA1.1 has 3 counts here and 2 in its first row'],
  [JASPAR.replace('0 8', '0 0'), 'line 1: the motif MA1.1 has no counts at position 2'],
  [MEME.replace('ACGT', 'ACDEFGHIKLMNPQRSTVWY'), 'line 3: its alphabet is not ACGT'],
  [MEME.replace(' 0.0 1.0 0.0 0.0\n', ''), 'line 10: "URL" is not a count'],
  [TRANSFAC.replace('0\t8', '0'), 'line 7: "C" is not'],
])('a broken text is refused with its line: %#', (text, message) => {
  expect(() => parseMotifs(text)).toThrow(MotifFormatError);
  expect(() => parseMotifs(text)).toThrow(message);
});

const library = shippedMotifs(readResource);

test('the shipped motifs are found by identifier, by accession and by factor, whatever the case', () => {
  expect(library.motifs).toHaveLength(4275);
  const found = ['MA0139.1', 'ma0139', 'ctcf', 'CTCF.H13CORE.0.P.B', 'Arnt', 'ABF1'].map(
    (name) => library.find(name)?.id,
  );
  expect(found).toEqual(['MA0139.1', 'MA0139.2', 'MA0139.2', 'CTCF.H13CORE.0.P.B', 'MA0004.1', 'MA0265.2']);
  expect(library.find('no such factor')).toBeUndefined();
});

test('the newest version goes first', () => {
  const text = (id: string) => JASPAR.replace('MA1.1', id);
  const own = new MotifCollection(parseMotifs(text('MA0002.2') + text('MA0002.10') + text('MA0003.1')));
  expect(own.find('TF')?.id).toBe('MA0002.10');
});
