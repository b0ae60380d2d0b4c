/** @file Objectives of what a cell might translate: start codons and open reading frames. */
import { z } from 'zod';
import { iupacReverseComplement } from '../../../dna/iupac.ts';
import { readingFrames, startCodons } from '../../../dna/reading-frames.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

const SOURCE = 'Standard genetic code (NCBI translation table 1), ATG as the only start';
const strands = z.enum(['given', 'both']).default('given').describe('Whether to search the given strand only, or both');
type Strands = z.infer<typeof strands>;

/** The strands to search, each 5' to 3'. */
function strandsOf(sequence: string, which: Strands): string[] {
  return which === 'both' ? [sequence, iupacReverseComplement(sequence)] : [sequence];
}

const startCodonCount = defineDnaObjective({
  id: 'start-codons',
  label: 'Start codons',
  modality: 'dna',
  unit: '',
  description:
    "Number of ATG in any frame. In a promoter or a 5' leader, an extra start codon may start the wrong protein.",
  source: SOURCE,
  parameters: z.object({ strands }),
  defaultGoal: { kind: 'lower', from: 0, to: 4 },
  typical: [0, 12],
  possible: [0, Infinity],
  prepare: ({ strands: which }) =>
    scoreEachSequence((sequence) => strandsOf(sequence, which).reduce((sum, strand) => sum + startCodons(strand), 0)),
});

const FRAME = 'from the first ATG of a frame to the next stop codon (TAA, TAG, TGA) within the sequence';

const orfCount = defineDnaObjective({
  id: 'orf-count',
  label: 'Open reading frames',
  modality: 'dna',
  unit: '',
  description: `Number of open reading frames with at least the given number of codons, each ${FRAME}.`,
  source: SOURCE,
  parameters: z.object({
    strands,
    min_codons: z
      .int()
      .min(1)
      .max(10_000)
      .default(10)
      .describe('Fewest codons of a frame. The start counts as a codon, the stop does not'),
  }),
  defaultGoal: { kind: 'lower', from: 0, to: 2 },
  typical: [0, 6],
  possible: [0, Infinity],
  prepare: ({ strands: which, min_codons: least }) =>
    scoreEachSequence((sequence) =>
      strandsOf(sequence, which).reduce(
        (sum, strand) => sum + readingFrames(strand).filter((codons) => codons >= least).length,
        0,
      ),
    ),
});

const longestOrf = defineDnaObjective({
  id: 'longest-orf',
  label: 'Longest open reading frame',
  modality: 'dna',
  unit: 'codons',
  description: `Length of the longest open reading frame, ${FRAME}, without the stop codon. 0 if there is none.`,
  source: SOURCE,
  parameters: z.object({ strands }),
  defaultGoal: { kind: 'lower', from: 10, to: 30 },
  typical: [0, 60],
  possible: [0, Infinity],
  prepare: ({ strands: which }) =>
    scoreEachSequence((sequence) => Math.max(0, ...strandsOf(sequence, which).flatMap(readingFrames))),
});

export const frameObjectives = [startCodonCount, orfCount, longestOrf] as const;
