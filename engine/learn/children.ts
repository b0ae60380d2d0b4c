/**
 * @file Makes children of remembered sequences: molecules by Graph GA's crossover and mutation, DNA by crossover and
 * edits of bases. A child is a proposal: it is scored like a sequence that the generator wrote.
 */
import { MoleculeEditor } from '../chem/edits/editor.ts';
import type { Rdkit } from '../chem/rdkit.ts';
import { crossDna, type DnaLimits, type DnaParent, mutateDna } from '../dna/edits.ts';
import { type Generate, guideFor } from '../generator/generate.ts';
import { forcedTokens, type MakeGuide } from '../generator/guide.ts';
import { type RandomStream, randomStream } from '../generator/random.ts';
import { type GeneratorKind, longestDna, tokenizerFor } from '../generator/tokenizer.ts';
import { UnknownTokenError } from '../generator/tokens.ts';
import type { Tokenizer } from '../generator/types.ts';

/** Canonical SMILES or sequences; the two differ. */
export type Parents = readonly [string, string];

export interface ChildRequest {
  readonly parents: Parents;
  /** Path of the child's random stream. */
  readonly stream: readonly number[];
}

export interface Child {
  /** Canonical SMILES, or a sequence. */
  readonly text: string;
  /** With start and end. */
  readonly tokens: Int32Array;
  /** 1 for each token after the start that a guide forces; null without a guide. */
  readonly forced: Uint8Array | null;
}

/** One child per request; null where the parents have none that the generator could have written. */
export type MakeChildren = (requests: readonly ChildRequest[]) => Promise<(Child | null)[]>;

type Edit = (parents: Parents, random: RandomStream) => string | null;

/** What the children of a run must fulfil. */
export interface ChildContext {
  /** The generator, which must be able to write them. */
  readonly writes: GeneratorKind;
  /** null for no restriction. */
  readonly generate: Generate | null;
  /** null for DNA. */
  readonly rdkit: Rdkit | null;
}

/**
 * Whether a design's sequences have children. A scaffold is kept by the order of the text's tokens, which no edit of a
 * structure respects.
 */
export function hasChildren(generate: Generate | null): boolean {
  return generate?.modality !== 'molecule';
}

/** @returns a function that makes the child of one request. @throws RdkitCrash in that function */
export function childMaker({ writes, generate, rdkit }: ChildContext): (request: ChildRequest) => Child | null {
  const edit = rdkit === null ? dnaEdit(generate, writes) : moleculeEdit(rdkit);
  const tokenizer = tokenizerFor(writes);
  const guide = guideFor(generate, writes);
  return ({ parents, stream }) => {
    const random = randomStream(...stream);
    const text = edit(parents, random);
    const tokens = text === null ? null : encoded(tokenizer, text);
    return text === null || tokens === null || tokens.length - 1 > writes.context
      ? null
      : guided({ text, tokens, forced: null }, guide, random);
  };
}

function guided(child: Child, guide: MakeGuide | null, random: RandomStream): Child | null {
  if (guide === null) return child;
  const forced = forcedTokens(guide(random), child.tokens);
  return forced && { ...child, forced };
}

/** null for a text that needs tokens which the generator lacks. */
function encoded(tokenizer: Tokenizer, text: string): Int32Array | null {
  try {
    return tokenizer.encode(text);
  } catch (error) {
    if (error instanceof UnknownTokenError) return null;
    throw error;
  }
}

/** Chance that a molecule is mutated after crossover. */
const MUTATED = 0.1;

function moleculeEdit(rdkit: Rdkit): Edit {
  const editor = new MoleculeEditor(rdkit);
  return ([a, b], random) => editor.child(a, b, MUTATED, random);
}

/** Chance that a DNA sequence is edited after crossover, and the most edits then. */
const EDITED = 0.5;
const MOST_EDITS = 3;

function dnaEdit(generate: Generate | null, writes: GeneratorKind): Edit {
  const given = generate?.modality === 'dna' ? generate : null;
  return (parents, random) => {
    const [a, b] = parents.map((sequence) => dnaParent(sequence, given));
    const limits = dnaLimits(parents, given, longestDna(writes) ?? Infinity);
    const crossed = crossDna(a, b, random.below(2) === 0 ? 1 : 2, limits, random);
    if (crossed !== null && random.uniform() >= EDITED) return crossed;
    return mutateDna(dnaParent(crossed ?? parents[0], given), 1 + random.below(MOST_EDITS), limits, random);
  };
}

type DnaGenerate = Extract<Generate, { modality: 'dna' }>;

/** Fixed ends stay whole. The guide checks the mask. */
function dnaParent(sequence: string, given: DnaGenerate | null): DnaParent {
  const [prefix, suffix] = [given?.prefix.length ?? 0, given?.suffix.length ?? 0];
  const ends = [
    { start: 0, end: prefix },
    { start: sequence.length - suffix, end: sequence.length },
  ];
  return { sequence, kept: ends.filter(({ start, end }) => end > start) };
}

/** Without given lengths, those of the parents. */
function dnaLimits(parents: Parents, given: DnaGenerate | null, longest: number): DnaLimits {
  const lengths = parents.map(({ length }) => length);
  return {
    minLength: given?.minLength ?? Math.min(...lengths),
    maxLength: Math.min(longest, given?.maxLength ?? Math.max(...lengths)),
  };
}
