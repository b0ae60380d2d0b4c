import { expect, test } from 'vitest';
import { prepareFeatures } from '../../../../engine/objectives/features.ts';
import { parseCompact } from '../../../../engine/objectives/parameters.ts';
import { readResource } from '../../../../host/chemistry/chemistry.ts';

const features = (sequence: string, ...texts: string[]) =>
  prepareFeatures(texts.map(parseCompact), { resource: readResource })(sequence);

test('sites have their cuts, rules their reasons, and what has no place gives nothing', () => {
  expect(
    features('AAGAATTCAAGAGACC', 'synthesis:rules=idt-gblock,min_gc=0', 'gc', 'restriction-sites:enzymes=EcoRI,BsaI'),
  ).toEqual([
    { kind: 'rule', name: 'length', start: 0, end: 16, strand: null, note: '16 bases; at least 125 are allowed' },
    { kind: 'site', name: 'EcoRI', start: 2, end: 8, strand: '+', note: 'cuts after 3/7' },
    { kind: 'site', name: 'BsaI', start: 10, end: 16, strand: '-', note: 'cuts after 5/9' },
  ]);
});

test('motifs have their strand, score and p-value, each motif once', () => {
  const found = features('TTGCGCCACCTGGTGGCCAGAAATGATTGCCACCTAGTGGTAA', 'motif-order:motifs=CTCF,CTCF');
  expect(found).toEqual([
    { kind: 'motif', name: 'CTCF', start: 2, end: 17, strand: '-', note: 'MA0139.2, 22.06 bits, p 3.73e-9' },
    { kind: 'motif', name: 'CTCF', start: 26, end: 41, strand: '-', note: 'MA0139.2, 17.96 bits, p 4.95e-7' },
  ]);
  expect(features('ACGT', 'motif-score:name=CTCF')).toEqual([]);
});

test('objectives of molecules are refused', () => {
  expect(() => features('ACGT', 'qed')).toThrow('"qed" scores molecules, not DNA');
});
