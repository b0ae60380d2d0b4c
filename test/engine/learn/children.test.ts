/** Children of molecules and of DNA, as the generator could have written them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { kmerVocabulary } from '../../../engine/generator/kmer-tokens.ts';
import { type ChildContext, childMaker, hasChildren, type Parents } from '../../../engine/learn/children.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

const streams = Array.from({ length: 40 }, (_, i) => [7, 12, 1, 1, 0, i]);

function childrenOf(context: ChildContext, parents: Parents) {
  const make = childMaker(context);
  return streams.map((stream) => make({ parents, stream }));
}

describe('children of molecules', () => {
  const vocabulary = ['<s>', ...'CNOFSclnos()=#123[]H', 'Cl', 'Br'];
  const context = () => ({ writes: { modality: 'molecule', vocabulary, context: 60 }, generate: null, rdkit }) as const;
  const parents: Parents = ['CC(=O)Nc1ccc(O)cc1', 'Clc1ccc(CN2CCOCC2)cc1'];

  it('are other molecules in the canonical form, the same ones for the same stream', () => {
    const children = childrenOf(context(), parents);
    const texts = children.flatMap((child) => child?.text ?? []);
    expect(new Set(texts).size).toBeGreaterThan(10);
    for (const text of texts) {
      expect(parents).not.toContain(text);
      expect(
        rdkit.withMolecule(
          text,
          ({ canonical }) => canonical,
          () => null,
        ),
      ).toBe(text);
    }
    expect(childrenOf(context(), parents)).toEqual(children);
  });

  it('are none where the generator lacks a token or has no room', () => {
    const withoutChlorine = { ...context(), writes: { ...context().writes, vocabulary: vocabulary.slice(0, -2) } };
    const texts = childrenOf(withoutChlorine, parents).flatMap((child) => child?.text ?? []);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.every((text) => !text.includes('Cl'))).toBe(true);
    const short = { ...context(), writes: { ...context().writes, context: 12 } };
    for (const child of childrenOf(short, parents)) expect((child?.tokens.length ?? 0) - 1).toBeLessThanOrEqual(12);
  });

  it('are none around a scaffold', () => {
    expect(hasChildren({ modality: 'molecule', scaffold: 'c1ccccc1', template: 'c1ccccc1' })).toBe(false);
    expect(hasChildren(null)).toBe(true);
  });
});

describe('children of DNA', () => {
  const writes = { modality: 'dna', vocabulary: kmerVocabulary(3), context: 30 } as const;
  const parents: Parents = ['ACGTTTTTTTTTTTTTTTGG', 'ACGAAAAAAAAAAAAAAAAAAGG'];

  it('keep the ends, the mask and the lengths of a design, and say which tokens are forced', () => {
    const generate = { modality: 'dna', minLength: 19, maxLength: 22, prefix: 'ACG', suffix: 'GG', mask: 'W' } as const;
    const children = childrenOf({ writes, generate, rdkit: null }, parents);
    const made = children.flatMap((child) => child ?? []);
    expect(made.length).toBeGreaterThan(20);
    for (const { text, tokens, forced } of made) {
      expect(text).toMatch(/^ACG[AT][ACGT]*GG$/);
      expect(text.length).toBeGreaterThanOrEqual(19);
      expect(text.length).toBeLessThanOrEqual(22);
      expect(forced?.length).toBe(tokens.length - 1);
      expect(forced?.[0]).toBe(1);
    }
    expect(new Set(made.map(({ text }) => text)).size).toBeGreaterThan(15);
  });

  it('have lengths between those of the parents where the design gives none', () => {
    const made = childrenOf({ writes, generate: null, rdkit: null }, parents).flatMap((child) => child ?? []);
    expect(made.length).toBeGreaterThan(20);
    for (const { text } of made) expect([20, 21, 22, 23]).toContain(text.length);
  });
});
