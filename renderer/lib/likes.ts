/** @file Turns the user's ratings on the shortlist into goals of a new design. */
import type { ShortlistEntry } from '../../contract/api.ts';
import type { Design, ObjectiveEntry } from '../../contract/design-shape.ts';

type Modality = Design['modality'];

/** Minimum rating of a liked entry; the next constant is the maximum of a disliked one. */
export const LIKED = 4;
export const DISLIKED = 2;

const rated = (entries: readonly ShortlistEntry[], modality: Modality, fits: (rating: number) => boolean): string[] =>
  entries
    .filter((entry) => entry.modality === modality && entry.rating !== null && fits(entry.rating))
    .map(({ sequence }) => sequence);

/** Modalities with liked entries, from which a design can be made. */
export function likedModalities(entries: readonly ShortlistEntry[]): Modality[] {
  return (['molecule', 'dna'] as const).filter(
    (modality) => rated(entries, modality, (rating) => rating >= LIKED).length > 0,
  );
}

/**
 * Goals towards liked entries and away from disliked ones; null if nothing is liked.
 * @param prior of the modality
 */
export function designFromLikes(entries: readonly ShortlistEntry[], modality: Modality, prior: string): Design | null {
  const liked = rated(entries, modality, (rating) => rating >= LIKED);
  if (liked.length === 0) return null;
  const disliked = rated(entries, modality, (rating) => rating <= DISLIKED);
  const objective = [towards[modality](liked), ...(disliked.length === 0 ? [] : [awayFrom[modality](disliked)])];
  return { name: 'More like my shortlist', modality, prior, generate: {}, run: {}, objective, constraint: [] };
}

const towards: Readonly<Record<Modality, (liked: string[]) => ObjectiveEntry>> = {
  molecule: (liked) => ({
    id: 'series',
    label: 'Similar to what I rated high',
    goal: 'higher',
    molecules: liked,
    weight: 1,
  }),
  dna: (liked) => ({
    id: 'kmer-distance',
    label: 'k-mers of what I rated high',
    goal: 'lower',
    references: liked,
    weight: 1,
  }),
};

const awayFrom: Readonly<Record<Modality, (disliked: string[]) => ObjectiveEntry>> = {
  molecule: (disliked) => ({
    id: 'dissimilarity',
    label: 'Dissimilar to what I rated low',
    goal: 'higher',
    references: disliked,
    weight: 0.5,
  }),
  dna: (disliked) => ({
    id: 'identity',
    label: 'Dissimilar to what I rated low',
    goal: 'lower',
    references: disliked,
    weight: 0.5,
  }),
};
