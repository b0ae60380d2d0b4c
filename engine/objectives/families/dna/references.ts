/**
 * Objectives of how near a DNA sequence is to given ones.
 */
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

/** An alignment of 200 with 200 bases takes about 0.1 ms, so more would slow every score down. */
const MOST_ALIGNED = 200;
/** A table of k-mers longer than this is mostly empty, however many references there are. */
const LONGEST_WORD = 8;

/** @throws ParameterError naming the reference that is not DNA */
function parseReferences(texts: readonly string[]): string[] {
  return texts.map((text, i) => {
    const sequence = parseDna(text);
    if (sequence === null) throw new ParameterError('references', `Reference ${i + 1} is ${explainDna(text)}`);
    return sequence;
  });
}

export const kmerDistance = defineDnaObjective({
  id: 'kmer-distance',
  label: 'Distance to references by words',
  modality: 'dna',
  unit: 'bits',
  description:
    'How much the shares of short words (k-mers) differ from those of reference sequences together: 0 the same, 1 no word in common. Keep it low to stay like natural sequences, whatever their order. Missing where a sequence is shorter than a word.',
  source: 'Jensen-Shannon divergence: Lin, IEEE Trans. Inf. Theory 1991, 37, 145, eq. 3.1 with equal weights',
  parameters: z.object({
    references,
    k: z.int().min(1).max(LONGEST_WORD).default(4).describe('Bases of a word'),
    strands: z.enum(['both', 'given']).default('both').describe('Count words on both strands, or on the given one'),
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

/** Scores by the alignment with each reference; the best of them counts. */
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

export const editDistance = defineDnaObjective({
  id: 'edit-distance',
  label: 'Edits from the nearest reference',
  modality: 'dna',
  unit: 'edits',
  description:
    'Fewest insertions, deletions and replacements of a base that turn the sequence into the nearest of the references. On the given strand.',
  source:
    'Levenshtein distance; Needleman and Wunsch, J. Mol. Biol. 1970, 48, 443, with unit costs, over the whole of both sequences',
  parameters: z.object({ references }),
  defaultGoal: { kind: 'lower', from: 10, to: 60 },
  typical: [0, 150],
  possible: [0, Infinity],
  prepare: ({ references: texts }) => alignedWith(texts, Math.min, ({ distance }) => distance),
});

export const identity = defineDnaObjective({
  id: 'identity',
  label: 'Identity with the nearest reference',
  modality: 'dna',
  unit: '',
  description:
    'Share of equal bases in the alignment with the nearest of the references: 1 the same sequence, about 0.55 for unrelated ones of 200 bases. Lower it to stay away from known sequences. On the given strand.',
  source:
    'Global alignment with unit costs (Needleman and Wunsch 1970), of the cheapest the one with the most equal bases; equal bases over columns, gaps included',
  parameters: z.object({ references }),
  defaultGoal: { kind: 'higher', from: 0.6, to: 0.95 },
  typical: [0.4, 1],
  possible: [0, 1],
  prepare: ({ references: texts }) => alignedWith(texts, Math.max, identityOf),
});

export const referenceObjectives = [kmerDistance, editDistance, identity] as const;
