/** @file What the user likes and dislikes of the shortlist, as goals of a new design. */
import type { ShortlistEntry } from '../../contract/api.ts';
import type { Design, ObjectiveEntry } from '../../contract/design.ts';

type Domain = Design['domain'];

/** Ratings from which an entry is liked, and up to which it is disliked. */
export const LIKED = 4;
export const DISLIKED = 2;

const rated = (entries: readonly ShortlistEntry[], domain: Domain, fits: (rating: number) => boolean): string[] =>
  entries
    .filter((entry) => entry.domain === domain && entry.rating !== null && fits(entry.rating))
    .map(({ sequence }) => sequence);

/** Domains with something liked, of which a design can be made. */
export function likedDomains(entries: readonly ShortlistEntry[]): Domain[] {
  return (['molecule', 'dna'] as const).filter(
    (domain) => rated(entries, domain, (rating) => rating >= LIKED).length > 0,
  );
}

/** Goals towards what is liked and away from what is not; null where nothing is liked. @param prior of the domain */
export function designFromLikes(entries: readonly ShortlistEntry[], domain: Domain, prior: string): Design | null {
  const liked = rated(entries, domain, (rating) => rating >= LIKED);
  if (liked.length === 0) return null;
  const disliked = rated(entries, domain, (rating) => rating <= DISLIKED);
  const objective = [towards[domain](liked), ...(disliked.length === 0 ? [] : [awayFrom[domain](disliked)])];
  return { name: 'More like my shortlist', domain, prior, generate: {}, run: {}, objective, constraint: [] };
}

const towards: Readonly<Record<Domain, (liked: string[]) => ObjectiveEntry>> = {
  molecule: (liked) => ({ id: 'series', label: 'Like what I rated high', goal: 'higher', molecules: liked, weight: 1 }),
  dna: (liked) => ({
    id: 'kmer-distance',
    label: 'Words of what I rated high',
    goal: 'lower',
    references: liked,
    weight: 1,
  }),
};

const awayFrom: Readonly<Record<Domain, (disliked: string[]) => ObjectiveEntry>> = {
  molecule: (disliked) => ({
    id: 'dissimilarity',
    label: 'Unlike what I rated low',
    goal: 'higher',
    references: disliked,
    weight: 0.5,
  }),
  dna: (disliked) => ({
    id: 'identity',
    label: 'Unlike what I rated low',
    goal: 'lower',
    references: disliked,
    weight: 0.5,
  }),
};
