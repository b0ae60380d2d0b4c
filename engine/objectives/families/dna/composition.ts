/** @file Objectives of the composition of a DNA sequence. */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import { cpgRatio, gcContent, linguisticComplexity, longestRun } from '../../../dna/composition.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

const gc = defineDnaObjective({
  id: 'gc',
  label: 'GC content',
  modality: 'dna',
  unit: '',
  description:
    'Share of G and C among the bases, from 0 to 1. Sequences between 0.4 and 0.6 are easy to synthesise and amplify.',
  source: 'Count of G and C over the length; Biopython Bio.SeqUtils.gc_fraction',
  parameters: z.object({}),
  defaultGoal: { kind: 'range', low: 0.4, high: 0.6, tolerance: 0.1 },
  typical: [0.2, 0.8],
  possible: [0, 1],
  prepare: () => scoreEachSequence(gcContent),
});

const cpg = defineDnaObjective({
  id: 'cpg',
  label: 'CpG, observed over expected',
  modality: 'dna',
  unit: '',
  description:
    'How often C is followed by G, relative to the expectation from the numbers of C and G: 1 as expected, around 0.2 in most of the human genome, above 0.6 in CpG islands. Missing without C or without G.',
  source: 'Gardiner-Garden and Frommer, J. Mol. Biol. 1987, 196, 261: CpG x length / (C x G)',
  parameters: z.object({}),
  defaultGoal: { kind: 'higher', from: 0.2, to: 0.8 },
  typical: [0, 1.5],
  possible: [0, Infinity],
  prepare: () => scoreEachSequence(cpgRatio),
});

const homopolymer = defineDnaObjective({
  id: 'homopolymer',
  label: 'Longest run of one base',
  modality: 'dna',
  unit: 'bases',
  description:
    'Length of the longest stretch of one base, such as AAAAAA. Long runs cause errors in synthesis and sequencing.',
  source: 'Count',
  parameters: z.object({
    base: z.enum(['any', 'A', 'C', 'G', 'T']).default('any').describe('Base whose runs count, or any base'),
  }),
  defaultGoal: { kind: 'lower', from: 5, to: 10 },
  typical: [2, 12],
  possible: [0, Infinity],
  prepare: ({ base }) => scoreEachSequence((sequence) => longestRun(sequence, base === 'any' ? undefined : base)),
});

/** Longest word of linguistic complexity. Of 4^8 words, no sequence in use has a fair share. */
const LONGEST_WORD = 8;
const wordLength = z.int().min(1).max(LONGEST_WORD);

const complexity = defineDnaObjective({
  id: 'complexity',
  label: 'Linguistic complexity',
  modality: 'dna',
  unit: '',
  description:
    'Number of different short words in a sequence, relative to the possible number: near 0 for repeats, 0.5 to 0.7 for 200 random bases, at most 1. Missing if a sequence is shorter than the longest word.',
  source:
    'Trifonov, in Structure and Methods 1990, vol. 1, 69: product over word lengths of different words over possible ones, min(4^k, L - k + 1)',
  parameters: z.object({
    shortest: wordLength.default(1).describe('Length of the shortest words'),
    longest: wordLength.default(6).describe('Length of the longest words'),
  }),
  defaultGoal: { kind: 'higher', from: 0.1, to: 0.6 },
  typical: [0, 0.8],
  possible: [0, 1],
  prepare({ shortest, longest }) {
    if (shortest > longest)
      throw new ParameterError(
        'shortest',
        `The shortest words (${shortest}) are longer than the longest words (${longest})`,
      );
    return scoreEachSequence((sequence) => linguisticComplexity(sequence, shortest, longest));
  },
});

export const compositionObjectives = [gc, cpg, homopolymer, complexity] as const;
