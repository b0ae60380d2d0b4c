/**
 * Objectives of binding motifs: how well a sequence fits one, how many hits it
 * has, how far apart two lie, in which order several come.
 */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import type { Motif } from '../../../dna/motif-formats.ts';
import {
  MotifFinder,
  type MotifHit,
  MotifMatrix,
  type MotifWindow,
  type SearchSettings,
  withoutOverlaps,
  wordsOf,
} from '../../../dna/motifs.ts';
import { defineDnaObjective, type FindFeatures, scoreEachSequence, type SequenceFeature } from '../../dna.ts';
import type { ReadResource } from '../../types.ts';
import { findMotif, motifCollection } from './motif-library.ts';

const SOURCE =
  'Log-odds and p-values as in FIMO (Grant et al., Bioinformatics 2011, 27, 1017) and MOODS (Korhonen et al., Bioinformatics 2009, 25, 3181); profiles: JASPAR 2024 and 2022, HOCOMOCO v13';

const NAME =
  'a factor (CTCF) or a profile of JASPAR (MA0139.2) or HOCOMOCO (CTCF.H13CORE.0.P.B); a factor with several profiles stands for the lowest JASPAR number in its newest version, then for the first of HOCOMOCO';

const motifName = (help: string) => z.string().describe(help).meta({ suggest: 'motif' });

const matrixParameters = {
  strands: z
    .enum(['both', 'given'])
    .default('both')
    .describe('Whether the motif may read on either strand, or only on the one that is written'),
  gc: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(0.5)
    .describe('Share of G and C in the background that scores are measured against'),
  pseudocount: z
    .number()
    .min(0.001)
    .max(100)
    .default(0.1)
    .describe('Counts added to every position, so that a base that was never seen is unlikely and not impossible'),
  file: z
    .string()
    .meta({ input: 'motifs' })
    .default('')
    .describe(
      'Your own motifs: a file in the MEME, JASPAR or TRANSFAC format; the shipped collections where there is none',
    ),
};

const searchParameters = {
  p: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-4)
    .describe('A hit scores so high that a random window would do so with at most this chance'),
  ...matrixParameters,
};

type MatrixParameters = {
  readonly strands: 'both' | 'given';
  readonly gc: number;
  readonly pseudocount: number;
  readonly file: string;
};
type SearchParameters = MatrixParameters & { readonly p: number };

const settings = <Given extends MatrixParameters>(given: Given) => ({
  ...given,
  bothStrands: given.strands === 'both',
});

/** Searches for several motifs. @throws ParameterError under the name that `parameter` gives */
function finders(
  names: readonly string[],
  given: SearchParameters,
  resource: ReadResource,
  parameter: (i: number) => string,
): MotifFinder[] {
  const collection = motifCollection(given.file, resource);
  const search: SearchSettings = settings(given);
  return names.map((name, i) => new MotifFinder(findMotif(name, collection, parameter(i)), search));
}

function feature({ id, name }: Motif, { start, end, strand, score }: MotifWindow, note: string): SequenceFeature {
  return { kind: 'motif', name, start, end, strand, note: `${id}, ${score.toFixed(2)} bits${note}` };
}

/** The hits of each motif that do not overlap, each motif once. */
function hitFeatures(all: readonly MotifFinder[]): FindFeatures {
  const distinct = all.filter(({ motif }, i) => all.findIndex((other) => other.motif === motif) === i);
  return (sequence) => {
    const words = wordsOf(sequence);
    return distinct.flatMap((finder) =>
      withoutOverlaps(finder.hits(words)).map((hit) => feature(finder.motif, hit, `, p ${hit.p.toPrecision(3)}`)),
    );
  };
}

export const motifScore = defineDnaObjective({
  id: 'motif-score',
  label: 'Best fit to a motif',
  modality: 'dna',
  unit: '',
  description:
    'How well the best place of a sequence fits a binding motif: 1 the ideal site, 0 the worst possible. Most factors bind from 0.8 to 0.85. Missing where the sequence is shorter than the motif.',
  source: `${SOURCE}. Value: (score - least) / (greatest - least), the relative profile score of JASPAR`,
  parameters: z.object({ name: motifName(`Which motif: ${NAME}`), ...matrixParameters }),
  defaultGoal: { kind: 'higher', from: 0.7, to: 0.95 },
  typical: [0.5, 1],
  possible: [0, 1],
  features({ name, ...given }, { resource }) {
    const matrix = new MotifMatrix(findMotif(name, motifCollection(given.file, resource), 'name'), settings(given));
    return (sequence) => {
      const best = matrix.best(wordsOf(sequence));
      return best === null ? [] : [feature(matrix.motif, best, '')];
    };
  },
  prepare({ name, ...given }, { resource }) {
    const matrix = new MotifMatrix(findMotif(name, motifCollection(given.file, resource), 'name'), settings(given));
    const [least, greatest] = matrix.range;
    return scoreEachSequence((sequence) => {
      const best = matrix.best(wordsOf(sequence));
      return best === null ? null : (best.score - least) / (greatest - least);
    });
  },
});

export const motifCount = defineDnaObjective({
  id: 'motif-count',
  label: 'Hits of a motif',
  modality: 'dna',
  unit: 'hits',
  description:
    'How many places fit a binding motif well enough; of hits that overlap only the best counts. 0 where the sequence is shorter than the motif.',
  source: SOURCE,
  parameters: z.object({ name: motifName(`Which motif: ${NAME}`), ...searchParameters }),
  defaultGoal: { kind: 'higher', from: 0, to: 2 },
  typical: [0, 5],
  possible: [0, Infinity],
  features: ({ name, ...given }, { resource }) => hitFeatures(finders([name], given, resource, () => 'name')),
  prepare({ name, ...given }, { resource }) {
    const [finder] = finders([name], given, resource, () => 'name');
    return scoreEachSequence((sequence) => withoutOverlaps(finder.hits(wordsOf(sequence))).length);
  },
});

export const motifSpacing = defineDnaObjective({
  id: 'motif-spacing',
  label: 'Two motifs at a distance',
  modality: 'dna',
  unit: 'pairs',
  description:
    'How many pairs of hits of two motifs lie at the wanted distance, whichever comes first: counted in the bases between the end of one and the start of the other. 0 where one of them has no hit.',
  source: SOURCE,
  parameters: z.object({
    first: motifName(`One motif: ${NAME}`),
    second: motifName('The other motif'),
    shortest: z.number().int().min(0).default(0).describe('Fewest bases between the two'),
    longest: z.number().int().min(0).default(50).describe('Most bases between the two'),
    ...searchParameters,
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 3],
  possible: [0, Infinity],
  features: ({ first, second, ...given }, { resource }) =>
    hitFeatures(finders([first, second], given, resource, (i) => ['first', 'second'][i])),
  prepare({ first, second, shortest, longest, ...given }, { resource }) {
    if (longest < shortest)
      throw new ParameterError('longest', `The longest distance, ${longest}, is below the shortest, ${shortest}`);
    const [one, other] = finders([first, second], given, resource, (i) => ['first', 'second'][i]);
    return scoreEachSequence((sequence) => {
      const words = wordsOf(sequence);
      const pairs = pairsAtDistance(
        withoutOverlaps(one.hits(words)),
        withoutOverlaps(other.hits(words)),
        shortest,
        longest,
      );
      return one.motif === other.motif ? pairs / 2 : pairs;
    });
  },
});

function pairsAtDistance(
  ones: readonly MotifHit[],
  others: readonly MotifHit[],
  shortest: number,
  longest: number,
): number {
  const gaps = ones.flatMap((a) => others.map((b) => (a.end <= b.start ? b.start - a.end : a.start - b.end)));
  return gaps.filter((gap) => gap >= shortest && gap <= longest).length;
}

export const motifOrder = defineDnaObjective({
  id: 'motif-order',
  label: 'Motifs in order',
  modality: 'dna',
  unit: '',
  description:
    "Share of the named motifs that are found one after another in the given order, 5' to 3', without overlap: 1 where all are.",
  source: SOURCE,
  parameters: z.object({
    motifs: z
      .array(z.string())
      .min(2, 'name at least two motifs')
      .describe(`The motifs in their order: each ${NAME}`)
      .meta({ suggest: 'motif' }),
    ...searchParameters,
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  features: ({ motifs, ...given }, { resource }) => hitFeatures(finders(motifs, given, resource, () => 'motifs')),
  prepare({ motifs, ...given }, { resource }) {
    const all = finders(motifs, given, resource, () => 'motifs');
    return scoreEachSequence((sequence) => {
      const words = wordsOf(sequence);
      return longestChain(all.map((one) => one.hits(words))) / all.length;
    });
  },
});

/** How many of the motifs can be picked, one hit each, so that none starts before the one before it ends. */
export function longestChain(hits: readonly (readonly MotifHit[])[]): number {
  // Where the chain of each length ends at the earliest, with the motifs seen so far.
  const ends = [0];
  for (const own of hits) {
    for (let length = ends.length; length > 0; length--) {
      const next = own.filter(({ start }) => start >= ends[length - 1]).map(({ end }) => end);
      const earliest = Math.min(...next, ends[length] ?? Infinity);
      if (earliest < Infinity) ends[length] = earliest;
    }
  }
  return ends.length - 1;
}

export const motifObjectives = [motifScore, motifCount, motifSpacing, motifOrder] as const;
