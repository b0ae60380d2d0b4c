/** @file Objectives of repeats, hairpins and palindromes: all exact, without mismatches. */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import {
  longestDirectRepeat,
  longestInvertedRepeat,
  longestStem,
  palindromes as palindromesOf,
  stems,
} from '../../../dna/repeats.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

const EXACT = 'Exact comparison of every pair of positions; no mismatches, bulges or wobble pairs';

const directRepeat = defineDnaObjective({
  id: 'direct-repeat',
  label: 'Longest repeat',
  modality: 'dna',
  unit: 'bases',
  description:
    'Length of the longest stretch that occurs twice in the sequence without overlap. Repeats of about 15 bases or more disturb assembly and amplification.',
  source: EXACT,
  parameters: z.object({}),
  defaultGoal: { kind: 'lower', from: 9, to: 20 },
  typical: [3, 30],
  possible: [0, Infinity],
  prepare: () => scoreEachSequence(longestDirectRepeat),
});

const invertedRepeat = defineDnaObjective({
  id: 'inverted-repeat',
  label: 'Longest inverted repeat',
  modality: 'dna',
  unit: 'bases',
  description: 'Length of the longest stretch whose reverse complement follows it anywhere in the sequence.',
  source: EXACT,
  parameters: z.object({}),
  defaultGoal: { kind: 'lower', from: 9, to: 20 },
  typical: [3, 30],
  possible: [0, Infinity],
  prepare: () => scoreEachSequence(longestInvertedRepeat),
});

/** A hairpin's loop needs at least three bases. */
const loop = z.int().min(3).max(1000).default(3).describe('Fewest bases of the loop');

const hairpin = defineDnaObjective({
  id: 'hairpin',
  label: 'Longest hairpin stem',
  modality: 'dna',
  unit: 'bases',
  description:
    'Length of one arm of the longest hairpin that the strand can form: two complementary arms with a loop between them. Long stems hinder synthesis, amplification and sequencing.',
  source: EXACT,
  parameters: z.object({ loop }),
  defaultGoal: { kind: 'lower', from: 6, to: 12 },
  typical: [3, 20],
  possible: [0, Infinity],
  prepare: ({ loop: least }) => scoreEachSequence((sequence) => longestStem(sequence, least)),
});

const hairpinCount = defineDnaObjective({
  id: 'hairpin-count',
  label: 'Hairpins',
  modality: 'dna',
  unit: '',
  description:
    'Number of hairpins whose stem has at least the given number of bases and whose loop is within the bounds. A stem inside a longer stem does not count.',
  source: EXACT,
  parameters: z.object({
    stem: z.int().min(2).max(1000).default(6).describe('Fewest bases of one arm'),
    loop,
    longest_loop: z.int().min(3).max(100_000).default(30).describe('Most bases of the loop'),
  }),
  defaultGoal: { kind: 'lower', from: 0, to: 5 },
  typical: [0, 10],
  possible: [0, Infinity],
  prepare({ stem, loop: least, longest_loop: most }) {
    if (most < least)
      throw new ParameterError(
        'longest_loop',
        `The longest loop, ${most}, is below the fewest bases of a loop, ${least}`,
      );
    return scoreEachSequence((sequence) => stems(sequence, stem, least).filter((one) => one.loop <= most).length);
  },
});

const palindromes = defineDnaObjective({
  id: 'palindromes',
  label: 'Palindromes',
  modality: 'dna',
  unit: '',
  description:
    'Number of stretches that read the same on both strands, such as GAATTC, with at least the given number of bases. Each centre counts once, with its longest stretch.',
  source: EXACT,
  parameters: z.object({
    length: z
      .int()
      .min(2)
      .max(1000)
      .default(6)
      .describe('Fewest bases. An odd number is rounded up, since palindromes have even lengths'),
  }),
  defaultGoal: { kind: 'lower', from: 1, to: 6 },
  typical: [0, 8],
  possible: [0, Infinity],
  prepare: ({ length }) => scoreEachSequence((sequence) => palindromesOf(sequence, length).length),
});

export const repeatObjectives = [directRepeat, invertedRepeat, hairpin, hairpinCount, palindromes] as const;
