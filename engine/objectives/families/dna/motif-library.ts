/** @file Motifs that objectives name: from the shipped collections or from a user's text. */
import { didYouMean } from '../../../base/nearest.ts';
import { ParameterError } from '../../../base/parameter-error.ts';
import { MotifCollection } from '../../../dna/motif-collection.ts';
import { type Motif, MotifFormatError, parseMotifs } from '../../../dna/motif-formats.ts';
import { onceFor } from '../../shared.ts';
import type { ReadResource } from '../../types.ts';

/** In order of preference. */
const SHIPPED = [
  'motifs/jaspar2024-vertebrates.jaspar.gz',
  'motifs/hocomoco13-core.jaspar.gz',
  'motifs/jaspar2022-further.jaspar.gz',
];

/** JASPAR and HOCOMOCO. */
export const shippedMotifs = onceFor(
  (resource: ReadResource) =>
    new MotifCollection(...SHIPPED.map((file) => parseMotifs(new TextDecoder().decode(resource(file))))),
);

/** @param text motifs in MEME, JASPAR or TRANSFAC format @throws ParameterError if it has none of these formats */
function givenMotifs(text: string): MotifCollection {
  try {
    return new MotifCollection(parseMotifs(text));
  } catch (error) {
    if (error instanceof MotifFormatError)
      throw new ParameterError('file', `The motifs cannot be read: ${error.message}`);
    throw error;
  }
}

/** The user's motifs if a text is given, otherwise the shipped ones. @throws ParameterError */
export function motifCollection(text: string, resource: ReadResource): MotifCollection {
  return text === '' ? shippedMotifs(resource) : givenMotifs(text);
}

/** @throws ParameterError with the nearest identifier or factor */
export function findMotif(name: string, collection: MotifCollection, parameter: string): Motif {
  const motif = collection.find(name);
  if (motif) return motif;
  throw new ParameterError(
    parameter,
    `There is no motif "${name}" among the ${collection.motifs.length} known.${didYouMean(name, collection.names())}`,
  );
}
