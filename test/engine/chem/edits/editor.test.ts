import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawByShare } from '../../../../engine/base/pick.ts';
import { type EditLimits, editLimits, MoleculeEditor } from '../../../../engine/chem/edits/editor.ts';
import { mutations } from '../../../../engine/chem/edits/mutations.ts';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { type RandomStream, randomStream } from '../../../../engine/generator/random.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
let editor: MoleculeEditor;
/** For molecules of any size. */
let small: MoleculeEditor;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
  editor = new MoleculeEditor(rdkit);
  small = new MoleculeEditor(rdkit, { ...editLimits, fewestAtoms: 1 });
});

const drugs = readFileSync(new URL('../../../../models/approved-drugs/drugs.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t')[1])
  .filter((smiles, i) => i % 12 === 0 && !smiles.includes('.'));

function canonical(smiles: string): string {
  return rdkit.withMolecule(
    smiles,
    (molecule) => molecule.flat,
    () => {
      throw new Error(`${smiles} does not parse`);
    },
  );
}

/** Different results of many streams, in order. */
function results(make: (random: RandomStream) => string | null, streams: number): string[] {
  return [...new Set(Array.from({ length: streams }, (_, i) => make(randomStream(7, i)) ?? []).flat())].sort();
}

const sorted = (list: readonly string[]): string[] => list.map(canonical).sort();

describe('crossover', () => {
  test('of chains joins each piece of one parent with each of the other', () => {
    // Bromobenzene has one bond to cut. Bromomethane and tert-butyl bromide are too small.
    const children = results((random) => editor.crossover('Brc1ccccc1', 'CC(C)(C)C', random), 100);
    expect(children).toEqual(sorted(['Cc1ccccc1', 'CC(C)(C)c1ccccc1']));
  });

  test('of rings closes the ring with a double bond and a single or double one', () => {
    // Two atoms of one and four of the other. Benzene itself is a parent, and cumulated double bonds are refused.
    const children = results((random) => editor.crossover('c1ccccc1', 'C1CCCCC1', random), 200);
    expect(children).toEqual(sorted(['C1=CCCCC1', 'C1=CC=CCC1']));
  });

  test('of rings exchanges an atom with its substituents', () => {
    // Seven atoms exactly.
    const limits = { ...editLimits, fewestAtoms: 7, atoms: { mean: 7.5, deviation: 0 } };
    const one = new MoleculeEditor(rdkit, limits);
    const children = results((random) => one.crossover('FC1CCCCC1', 'CC1CCCCC1', random), 120);
    expect(children).toContain(canonical('CC1=CCCCC1'));
    expect(children).toContain(canonical('FC1=CCCCC1'));
  });

  test.each([
    ['C1CC', 'CCCCCC'],
    ['CCO.CCN', 'CCCCCC'],
    ['*CCCCC', 'CCCCCC'],
    ['N->[Cu]', 'CCCCCC'],
    ['CC', 'CC'],
  ])('of %s and %s gives none', (a, b) => {
    expect(editor.crossover(a, b, randomStream(1))).toBeNull();
    expect(editor.crossover(b, a, randomStream(1))).toBeNull();
  });
});

describe('mutation', () => {
  test('of ethane gives all neighbours of Graph GA', () => {
    const inserted = ['CCC', 'CNC', 'COC', 'CSC', 'C=CC', 'C=NC', 'C#CC'];
    const appended = ['CCN', 'CCO', 'CCF', 'CCS', 'CCCl', 'CCBr', 'CC=N', 'CC=O', 'CC#N'];
    const changed = ['CN', 'CO', 'CF', 'CS', 'CCl', 'CBr', 'C=C', 'C#C', 'C'];
    const mutants = results((random) => small.mutate('CC', random), 3000);
    expect(mutants).toEqual(sorted([...inserted, ...appended, ...changed]));
  });

  test('closes rings of three to six atoms and opens them', () => {
    const mutants = results((random) => editor.mutate('CCCCCC', random), 3000);
    for (const ring of ['C1CCCCC1', 'CC1CCCC1', 'CCC1CCC1', 'CCCC1CC1']) expect(mutants).toContain(canonical(ring));
    expect(results((random) => editor.mutate('C1CCCCC1', random), 500)).toContain('CCCCCC');
  });

  test('alkylates a pyrrole nitrogen', () => {
    expect(results((random) => editor.mutate('Cc1ccc[nH]1', random), 2000)).toContain(canonical('Cc1cccn1C'));
  });

  test('leaves no charged or oxidised atom with new hydrogens', () => {
    for (const smiles of ['Cc1ccc([N+](=O)[O-])cc1', 'CCCS(=O)(=O)c1ccccc1', 'C[N+](C)(C)CCCO'])
      for (const mutant of results((random) => editor.mutate(smiles, random), 500))
        expect(mutant).not.toMatch(/\[(N|S)H/);
  });

  test('draws operations as often as Graph GA', () => {
    const random = randomStream(3);
    const counts = new Map<string, number>();
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const { name } = drawByShare(mutations, random);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(mutations.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const shares = { 'insert atom': 0.15, 'append atom': 0.15 };
    for (const { name } of mutations)
      expect(counts.get(name)! / draws, name).toBeCloseTo(shares[name as keyof typeof shares] ?? 0.14, 1.7);
  });
});

/** A child of a pair of drugs by each of the three ways. */
function childrenOf(i: number): { way: string; parents: string[]; child: string | null }[] {
  const [a, b] = [drugs[i], drugs[(i * 7 + 3) % drugs.length]];
  return [
    { way: 'crossover', parents: [a, b], child: editor.crossover(a, b, randomStream(11, i)) },
    { way: 'mutation', parents: [a], child: editor.mutate(a, randomStream(12, i)) },
    { way: 'both', parents: [a, b], child: editor.child(a, b, 1, randomStream(13, i)) },
  ];
}

const refusedRings = ['[R]=[R]=[R]', '[r3,r4]=[r3,r4]'];

describe('children of drugs', () => {
  test('are valid, canonical, new and within the limits', () => {
    const patterns = refusedRings.map((smarts) => rdkit.pattern(smarts));
    let found = 0;
    for (const i of drugs.keys())
      for (const { way, parents, child } of childrenOf(i)) {
        if (child === null) continue;
        found++;
        expect(child).toBe(canonical(child));
        expect(parents.map(canonical)).not.toContain(child);
        rdkit.withMolecule(
          child,
          (molecule) => {
            expect(molecule.graph.atoms).toBeGreaterThanOrEqual(6);
            expect(molecule.graph.atoms).toBeLessThan(39.15 + 5 * 3.5);
            if (way === 'crossover') return;
            expect(Math.max(0, ...molecule.graph.rings.map((ring) => ring.length)), child).toBeLessThanOrEqual(6);
            for (const pattern of patterns) expect(molecule.has(pattern), child).toBe(false);
          },
          () => expect.unreachable(`${child} does not parse`),
        );
      }
    for (const pattern of patterns) pattern.dispose();
    expect(found / drugs.length).toBeGreaterThan(2.5);
  });

  test('follow from parents, limits and stream alone', () => {
    const again = new MoleculeEditor(rdkit);
    for (const i of [5, 3, 1]) {
      const [a, b] = [drugs[i], drugs[(i * 7 + 3) % drugs.length]];
      expect(again.child(a, b, 1, randomStream(13, i))).toBe(childrenOf(i)[2].child);
    }
  });

  test('keep the size that is asked for', () => {
    const limits: EditLimits = { fewestAtoms: 12, atoms: { mean: 16, deviation: 0 }, largestRing: 5 };
    const tight = new MoleculeEditor(rdkit, limits);
    const children = drugs.flatMap((smiles, i) => tight.mutate(smiles, randomStream(2, i)) ?? []);
    expect(children.length).toBeGreaterThan(0);
    for (const child of children)
      rdkit.withMolecule(
        child,
        ({ graph }) => {
          expect(graph.atoms).toBeGreaterThanOrEqual(12);
          expect(graph.atoms).toBeLessThan(16);
          expect(Math.max(0, ...graph.rings.map((ring) => ring.length))).toBeLessThanOrEqual(5);
        },
        () => expect.unreachable(`${child} does not parse`),
      );
  });

  test('are mutated as often as the rate says', () => {
    const [a, b] = ['CCCCCCCCO', 'NCCCCCCCC'];
    const changed = (rate: number): number =>
      Array.from({ length: 200 }, (_, i) => i).filter(
        (i) => editor.child(a, b, rate, randomStream(5, i)) !== editor.crossover(a, b, randomStream(5, i)),
      ).length;
    expect(changed(0)).toBe(0);
    expect(changed(0.3)).toBeGreaterThan(30);
    expect(changed(0.3)).toBeLessThan(90);
    expect(changed(1)).toBeGreaterThan(190);
  });
});
