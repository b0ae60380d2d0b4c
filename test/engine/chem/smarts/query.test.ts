import { beforeAll, describe, expect, test } from 'vitest';
import type { Molecule } from '../../../../engine/chem/molecule.ts';
import { alertSmarts } from '../../../../engine/chem/qed-parameters.ts';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { SmartsError } from '../../../../engine/chem/smarts/parse.ts';
import { Query } from '../../../../engine/chem/smarts/query.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';
import { referenceRows } from '../../../fixtures/chem/read.ts';

let rdkit: Rdkit;

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function parse(smiles: string): Molecule {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  return molecule;
}

/** One pattern for each part of the language. */
const LANGUAGE = [
  'C',
  'c',
  '[#6]',
  '[C;H3]',
  '[CH2]',
  '[CX4]',
  '[c;h1]',
  '[nh0]',
  '[N;h]',
  '[D3]',
  '[v4]',
  '[R]',
  '[R2]',
  '[x2]',
  '[x3]',
  '[x]',
  '[r5]',
  '[!R]',
  'a',
  'A~A',
  '[+]',
  '[-1]',
  '[++]',
  '[13C]',
  'C=O',
  'C#N',
  'c:c',
  'c-c',
  'C~N',
  'C@C',
  'C!@C',
  '[C,N]-,=[O,S]',
  '[C&R,N&!H0;X3]',
  '[!#6&!#1]',
  '[Cl,Br,I]',
  '[nH]',
  '[n;!H0]',
  'C(=O)N',
  'C1CC1',
  'c1ccccc1',
  'c1ccc2c(c1)cccc2',
  'C%10CCCCC%10',
  'N.O',
  '[$(C=O)]',
  '[$([NX3]C=O),$(S(=O)=O)]',
  '[!$(*#*)&!D1]-!@[!$(*#*)&!D1]',
  '[Si,Se,B]',
  'O=[Pt,Os]',
  '[#7]=[#6;!R]',
  '*1~*~*1',
  'F.F.F',
  '[C;!$(C=[O,N,S])]',
];

describe('as RDKit finds', () => {
  test.each([...LANGUAGE, ...alertSmarts])('%s', (smarts) => {
    const query = new Query(smarts);
    const pattern = rdkit.pattern(smarts);
    for (const { smiles } of rows) {
      const molecule = molecules.get(smiles) ?? parse(smiles);
      molecules.set(smiles, molecule);
      expect(`${smiles} ${query.count(molecule.graph)}`).toBe(
        `${smiles} ${Math.min(1000, molecule.matches(pattern).length)}`,
      );
      expect(query.isIn(molecule.graph)).toBe(molecule.has(pattern));
    }
    pattern.dispose();
  });
});

const molecules = new Map<string, Molecule>();
// Every 20th sampled molecule and all the odd ones.
const rows = referenceRows().filter((_, i) => i >= 2000 || i % 20 === 0);

test('a match is anchored at the first atom of the query', () => {
  const { graph } = parse('CCO');
  const query = new Query('CO');
  expect([0, 1, 2].map((atom) => query.matchesAt(graph, atom))).toEqual([false, true, false]);
});

test.each(['[C', 'C(', 'C1CC', 'C)', '[Xx]', '[C@H](N)O', 'C/C=C/C', 'C>>N', '', '(C).(N)'])(
  '"%s" is refused',
  (smarts) => {
    expect(() => new Query(smarts)).toThrow(SmartsError);
  },
);
