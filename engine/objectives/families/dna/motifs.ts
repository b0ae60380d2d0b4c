/**
 * @file Objectives of binding motifs: how well a sequence matches one, how many hits it has, how far two are apart, and
 * in which order several occur.
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
  'a factor (CTCF) or a profile of JASPAR (MA0139.2) or HOCOMOCO (CTCF.H13CORE.0.P.B). For a factor with several profiles, the newest version of the lowest JASPAR number is used, or else the first of HOCOMOCO';

const motifName = (help: string) => z.string().describe(help).meta({ suggest: 'motif' });

const matrixParameters = {
  strands: z.enum(['both', 'given']).default('both').describe('Whether to search both strands, or only the given one'),
  gc: z.number().min(0.05).max(0.95).default(0.5).describe('Share of G and C in the background of the scores'),
  pseudocount: z
    .number()
    .min(0.001)
    .max(100)
    .default(0.1)
    .describe('Counts added to every position, so that a base that was never observed is unlikely but not impossible'),
  file: z
    .string()
    .meta({ input: 'motifs' })
    .default('')
    .describe('Your own motifs: a file in the MEME, JASPAR or TRANSFAC format. By default the shipped collections'),
};

const searchParameters = {
  p: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-4)
    .describe('p-value threshold of a hit: the chance that a random window scores as high'),
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

/** Searches for several motifs. @throws ParameterError under the name from `parameter` */
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

/** The hits of each motif without overlapping ones, each motif once. */
function hitFeatures(all: readonly MotifFinder[]): FindFeatures {
  const distinct = all.filter(({ motif }, i) => all.findIndex((other) => other.motif === motif) === i);
  return (sequence) => {
    const words = wordsOf(sequence);
    return distinct.flatMap((finder) =>
      withoutOverlaps(finder.hits(words)).map((hit) => feature(finder.motif, hit, `, p ${hit.p.toPrecision(3)}`)),
    );
  };
}

const motifScore = defineDnaObjective({
  id: 'motif-score',
  label: 'Best match to a motif',
  modality: 'dna',
  unit: '',
  description:
    'How well the best site of a sequence matches a binding motif: 1 is the ideal site, 0 the worst possible. Most factors bind from 0.8 to 0.85. Missing if the sequence is shorter than the motif.',
  source: `${SOURCE}. Value: (score - least) / (greatest - least), the relative profile score of JASPAR`,
  parameters: z.object({ name: motifName(`The motif: ${NAME}`), ...matrixParameters }),
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

const motifCount = defineDnaObjective({
  id: 'motif-count',
  label: 'Hits of a motif',
  modality: 'dna',
  unit: 'hits',
  description:
    'Number of sites that match a binding motif well enough. Of overlapping hits only the best counts. 0 if the sequence is shorter than the motif.',
  source: SOURCE,
  parameters: z.object({ name: motifName(`The motif: ${NAME}`), ...searchParameters }),
  defaultGoal: { kind: 'higher', from: 0, to: 2 },
  typical: [0, 5],
  possible: [0, Infinity],
  features: ({ name, ...given }, { resource }) => hitFeatures(finders([name], given, resource, () => 'name')),
  prepare({ name, ...given }, { resource }) {
    const [finder] = finders([name], given, resource, () => 'name');
    return scoreEachSequence((sequence) => withoutOverlaps(finder.hits(wordsOf(sequence))).length);
  },
});

const motifSpacing = defineDnaObjective({
  id: 'motif-spacing',
  label: 'Two motifs at a distance',
  modality: 'dna',
  unit: 'pairs',
  description:
    'Number of pairs of hits of two motifs at the wanted distance, in either order. The distance is the number of bases between the end of one and the start of the other. 0 if one of them has no hit.',
  source: SOURCE,
  parameters: z.object({
    first: motifName(`One motif: ${NAME}`),
    second: motifName('The other motif'),
    shortest: z.number().int().min(0).default(0).describe('Fewest bases between the two motifs'),
    longest: z.number().int().min(0).default(50).describe('Most bases between the two motifs'),
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

const motifOrder = defineDnaObjective({
  id: 'motif-order',
  label: 'Motifs in order',
  modality: 'dna',
  unit: '',
  description:
    "Share of the named motifs that occur one after another in the given order, 5' to 3', without overlap: 1 if all do.",
  source: SOURCE,
  parameters: z.object({
    motifs: z
      .array(z.string())
      .min(2, 'name at least two motifs')
      .describe(`The motifs in order: each ${NAME}`)
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

/** Number of motifs that can be picked, one hit each, so that none starts before the previous one ends. */
function longestChain(hits: readonly (readonly MotifHit[])[]): number {
  // The earliest end of a chain of each length, over the motifs seen so far.
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
