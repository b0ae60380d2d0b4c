/** @file Objectives of the distance of a DNA sequence from reference sequences. */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import { align, type Alignment, identity as identityOf } from '../../../dna/alignment.ts';
import { jensenShannon, kmerShares } from '../../../dna/kmers.ts';
import { explainDna, parseDna } from '../../../dna/sequence.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

const references = z
  .array(z.string())
  .min(1, 'give at least one sequence')
  .describe('Sequences, or files of them (FASTA, CSV, or one a line)')
  .meta({ input: 'sequences' });

/** Aligning 200 with 200 bases takes about 0.1 ms, so more references would slow down every score. */
const MOST_ALIGNED = 200;
/** A table of longer k-mers is mostly empty, however many references there are. */
const LONGEST_WORD = 8;

/** @throws ParameterError, which names the reference that is not DNA */
function parseReferences(texts: readonly string[]): string[] {
  return texts.map((text, i) => {
    const sequence = parseDna(text);
    if (sequence === null) throw new ParameterError('references', `Reference ${i + 1} is ${explainDna(text)}`);
    return sequence;
  });
}

const kmerDistance = defineDnaObjective({
  id: 'kmer-distance',
  label: 'k-mer distance to references',
  modality: 'dna',
  unit: 'bits',
  description:
    'How much the shares of short words (k-mers) differ from those of all reference sequences together: 0 is identical, 1 means no common word. Keep it low to stay similar to natural sequences. Missing if a sequence is shorter than a word.',
  source: 'Jensen-Shannon divergence: Lin, IEEE Trans. Inf. Theory 1991, 37, 145, eq. 3.1 with equal weights',
  parameters: z.object({
    references,
    k: z.int().min(1).max(LONGEST_WORD).default(4).describe('Bases per word'),
    strands: z
      .enum(['both', 'given'])
      .default('both')
      .describe('Whether to count words on both strands, or only on the given one'),
  }),
  defaultGoal: { kind: 'lower', from: 0.1, to: 0.5 },
  typical: [0, 0.8],
  possible: [0, 1],
  prepare({ references: texts, k, strands }) {
    const counting = { k, bothStrands: strands === 'both' };
    const shares = kmerShares(parseReferences(texts), counting);
    if (shares === null) throw new ParameterError('references', `No reference is as long as a word of ${k} bases`);
    return scoreEachSequence((sequence) => {
      const own = kmerShares([sequence], counting);
      return own && jensenShannon(own, shares);
    });
  },
});

/** Scores by the best of the alignments with all references. */
function alignedWith(
  texts: readonly string[],
  best: (...values: number[]) => number,
  value: (alignment: Alignment) => number,
) {
  if (texts.length > MOST_ALIGNED)
    throw new ParameterError(
      'references',
      `There are ${texts.length} references; at most ${MOST_ALIGNED} can be aligned with every sequence. For more, "kmer-distance" compares words`,
    );
  const parsed = parseReferences(texts);
  return scoreEachSequence((sequence) => best(...parsed.map((reference) => value(align(sequence, reference)))));
}

const editDistance = defineDnaObjective({
  id: 'edit-distance',
  label: 'Edit distance to references',
  modality: 'dna',
  unit: 'edits',
  description:
    'Fewest insertions, deletions and replacements of a base that turn the sequence into the nearest reference, on the given strand.',
  source:
    'Levenshtein distance; Needleman and Wunsch, J. Mol. Biol. 1970, 48, 443, with unit costs, over the whole of both sequences',
  parameters: z.object({ references }),
  defaultGoal: { kind: 'lower', from: 10, to: 60 },
  typical: [0, 150],
  possible: [0, Infinity],
  prepare: ({ references: texts }) => alignedWith(texts, Math.min, ({ distance }) => distance),
});

const identity = defineDnaObjective({
  id: 'identity',
  label: 'Identity with the nearest reference',
  modality: 'dna',
  unit: '',
  description:
    'Share of equal bases in the alignment with the nearest reference, on the given strand: 1 is the same sequence; unrelated sequences of 200 bases have about 0.55. Lower it to avoid known sequences.',
  source:
    'Global alignment with unit costs (Needleman and Wunsch 1970); of the cheapest alignments, the one with most equal bases; equal bases over columns, gaps included',
  parameters: z.object({ references }),
  defaultGoal: { kind: 'higher', from: 0.6, to: 0.95 },
  typical: [0.4, 1],
  possible: [0, 1],
  prepare: ({ references: texts }) => alignedWith(texts, Math.max, identityOf),
});

export const referenceObjectives = [kmerDistance, editDistance, identity] as const;
