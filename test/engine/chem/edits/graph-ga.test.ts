/** All children of molecules against RDKit's reactions in Python (test/fixtures/chem/edits.py). */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { crossParents } from '../../../../engine/chem/edits/crossover.ts';
import type { Draft } from '../../../../engine/chem/edits/draft.ts';
import { mutations } from '../../../../engine/chem/edits/mutations.ts';
import { type Parent, readParent } from '../../../../engine/chem/edits/parent.ts';
import { hasSoundRings } from '../../../../engine/chem/edits/rings.ts';
import { writeSmiles } from '../../../../engine/chem/edits/write.ts';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { randomStream } from '../../../../engine/generator/random.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';

interface Expected {
  readonly mutants: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly children: readonly {
    readonly parents: readonly [string, string];
    readonly chain: readonly string[];
    readonly ring: readonly string[];
  }[];
}

const file = new URL('../../../fixtures/chem/edits.json', import.meta.url);
const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected;

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

function parentOf(smiles: string): Parent {
  const parent = rdkit.withMolecule(smiles, readParent, () => null);
  if (!parent) throw new Error(`${smiles} cannot be edited`);
  return parent;
}

/** The written molecule if it is acceptable. */
function written(draft: Draft, checksRings: boolean): string | null {
  if (!draft.hasValences || (checksRings && !hasSoundRings(draft, 6))) return null;
  return writeSmiles(draft);
}

function canonical(texts: ReadonlySet<string>, parents: readonly Parent[]): string[] {
  const all = [...texts].map((text) => {
    const smiles = rdkit.withMolecule(
      text,
      (molecule) => molecule.canonical,
      () => null,
    );
    expect(smiles, `${text} is valid`).not.toBeNull();
    return smiles!;
  });
  return [...new Set(all)].filter((smiles) => parents.every(({ flat }) => flat !== smiles)).sort();
}

/** Streams that draw every variant of every mutation. */
const DRAWS = 300;

test.each(Object.keys(expected.mutants))('mutants of %s', (smiles) => {
  const parent = parentOf(smiles);
  for (const { name, find } of mutations) {
    const texts = new Set<string>();
    for (let i = 0; i < DRAWS; i++)
      for (const edit of find(parent, randomStream(i))) {
        const draft = parent.draft.copy();
        edit(draft);
        const text = written(draft, true);
        if (text !== null) texts.add(text);
      }
    expect(canonical(texts, [parent]), name).toEqual(expected.mutants[smiles][name]);
  }
});

test.each(expected.children)('children of $parents', ({ parents: [a, b], chain, ring }) => {
  const parents = [parentOf(a), parentOf(b)];
  const texts = { chain: new Set<string>(), ring: new Set<string>() };
  // Nothing is accepted, so that every try goes through all joints.
  for (let i = 0; i < 20; i++)
    crossParents(
      parents[0],
      parents[1],
      (draft, kind) => {
        const text = written(draft, kind === 'ring');
        if (text !== null) texts[kind].add(text);
        return null;
      },
      randomStream(i),
    );
  expect(canonical(texts.chain, parents)).toEqual(chain);
  expect(canonical(texts.ring, parents)).toEqual(ring);
});
