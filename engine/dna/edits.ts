/**
 * @file Makes children of DNA sequences: substitutions, insertions and deletions of bases, and crossover at one or two
 * points. Bases that are kept, such as motif hits, stay whole unless there is no other place.
 */
import { drawByShare, upTo } from '../base/pick.ts';
import type { RandomStream } from '../base/random-stream.ts';
import { BASES } from './sequence.ts';

/** Positions count from 0 and the end is exclusive. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

export interface DnaParent {
  /** A, C, G and T. */
  readonly sequence: string;
  /** Bases that are not edited or cut apart where there is another place. They may overlap. */
  readonly kept: readonly Interval[];
}

export interface DnaLimits {
  /** Bases. */
  readonly minLength: number;
  readonly maxLength: number;
  /** What else a child must fulfil, such as fixed ends. */
  readonly isAllowed?: (sequence: string) => boolean;
}

/** Tries of one child. */
const TRIES = 10;

function isWithin(child: string, limits: DnaLimits): boolean {
  const fits = child.length >= limits.minLength && child.length <= limits.maxLength;
  return fits && (limits.isAllowed?.(child) ?? true);
}

/** The first of several tries that is new and within the limits. */
function acceptedOf(make: () => string | null, parents: readonly DnaParent[], limits: DnaLimits): string | null {
  return upTo(TRIES, () => {
    const child = make();
    if (child === null || parents.some(({ sequence }) => sequence === child)) return null;
    return isWithin(child, limits) ? child : null;
  });
}

/** A sequence that is being edited. The place i is before the base i. */
interface Strip {
  readonly bases: string[];
  /** Whether each base is kept. */
  readonly keptBases: boolean[];
  /** Whether each place is between two bases of the same kept interval; one more than bases. */
  readonly keptPlaces: boolean[];
}

function strip({ sequence, kept }: DnaParent): Strip {
  const isIn = (position: number, from: number) =>
    kept.some(({ start, end }) => position >= start + from && position < end);
  return {
    bases: [...sequence],
    keptBases: Array.from(sequence, (_, i) => isIn(i, 0)),
    keptPlaces: Array.from({ length: sequence.length + 1 }, (_, i) => isIn(i, 1)),
  };
}

/** A random index that is not kept; any index if all are. */
function freeIndex(kept: readonly boolean[], random: RandomStream): number {
  const free = [...kept.keys()].filter((i) => !kept[i]);
  return free.length > 0 ? free[random.below(free.length)] : random.below(kept.length);
}

function substitute({ bases, keptBases }: Strip, random: RandomStream): void {
  const at = freeIndex(keptBases, random);
  bases[at] = BASES[(BASES.indexOf(bases[at]) + 1 + random.below(3)) % 4];
}

function insert({ bases, keptBases, keptPlaces }: Strip, random: RandomStream): void {
  const at = freeIndex(keptPlaces, random);
  const isInside = keptPlaces[at];
  bases.splice(at, 0, BASES[random.below(4)]);
  keptBases.splice(at, 0, isInside);
  keptPlaces.splice(at, 0, isInside);
}

function remove({ bases, keptBases, keptPlaces }: Strip, random: RandomStream): void {
  const at = freeIndex(keptBases, random);
  bases.splice(at, 1);
  keptBases.splice(at, 1);
  // The places on both sides become one, which is inside an interval if both were.
  keptPlaces.splice(at, 2, keptPlaces[at] && keptPlaces[at + 1]);
}

export type DnaEdit = 'substitution' | 'insertion' | 'deletion';

/** How often each edit is made where all are possible. */
export const dnaEditShares: Readonly<Record<DnaEdit, number>> = { substitution: 0.8, insertion: 0.1, deletion: 0.1 };

function editOnce(edited: Strip, limits: DnaLimits, shares: typeof dnaEditShares, random: RandomStream): void {
  const length = edited.bases.length;
  const edits = [
    { share: shares.substitution, isPossible: length > 0, apply: substitute },
    { share: shares.insertion, isPossible: length < limits.maxLength, apply: insert },
    { share: shares.deletion, isPossible: length > limits.minLength, apply: remove },
  ].filter(({ share, isPossible }) => share > 0 && isPossible);
  if (edits.length > 0) drawByShare(edits, random).apply(edited, random);
}

/**
 * A sequence with edits of single bases at random places. Edits may meet at one base.
 * @param edits number of edits, at least 1
 * @returns null if tries gave no other sequence within the limits
 */
export function mutateDna(
  parent: DnaParent,
  edits: number,
  limits: DnaLimits,
  random: RandomStream,
  shares: Readonly<Record<DnaEdit, number>> = dnaEditShares,
): string | null {
  const make = (): string => {
    const edited = strip(parent);
    for (let i = 0; i < edits; i++) editOnce(edited, limits, shares, random);
    return edited.bases.join('');
  };
  return acceptedOf(make, [parent], limits);
}

/** Places inside a sequence at which it can be cut: those outside kept intervals, or all if there is none. */
function cutPlaces(parent: DnaParent): number[] {
  const { keptPlaces } = strip(parent);
  const inside = Array.from({ length: Math.max(0, parent.sequence.length - 1) }, (_, i) => i + 1);
  const free = inside.filter((place) => !keptPlaces[place]);
  return free.length > 0 ? free : inside;
}

/** The place nearest to another among those that pass; the first of two equally near ones. */
function nearest(places: readonly number[], to: number, passes: (place: number) => boolean): number | null {
  let best: number | null = null;
  for (const place of places)
    if (passes(place) && (best === null || Math.abs(place - to) < Math.abs(best - to))) best = place;
  return best;
}

function crossOnce(a: DnaParent, b: DnaParent, limits: DnaLimits, random: RandomStream): string | null {
  const places = cutPlaces(a);
  if (places.length === 0) return null;
  const cut = places[random.below(places.length)];
  const length = (place: number): number => cut + b.sequence.length - place;
  const fits = (place: number): boolean => length(place) >= limits.minLength && length(place) <= limits.maxLength;
  const other = nearest(cutPlaces(b), cut, fits);
  return other === null ? null : a.sequence.slice(0, cut) + b.sequence.slice(other);
}

function crossTwice(a: DnaParent, b: DnaParent, limits: DnaLimits, random: RandomStream): string | null {
  const [places, others] = [cutPlaces(a), cutPlaces(b)];
  if (places.length < 2) return null;
  const first = random.below(places.length);
  const second = (first + 1 + random.below(places.length - 1)) % places.length;
  const [from, to] = [places[Math.min(first, second)], places[Math.max(first, second)]];
  const start = nearest(others, from, () => true);
  if (start === null) return null;
  const length = (end: number): number => from + end - start + a.sequence.length - to;
  const fits = (end: number): boolean =>
    end > start && length(end) >= limits.minLength && length(end) <= limits.maxLength;
  const end = nearest(others, to, fits);
  return end === null ? null : a.sequence.slice(0, from) + b.sequence.slice(start, end) + a.sequence.slice(to);
}

/**
 * The beginning of one parent with the end of the other, or a parent with a part of the other in its middle. Cuts are
 * outside kept intervals where there is such a place. The other parent is cut at the same place, or at the nearest one
 * that is outside its kept intervals and gives a possible length.
 * @param points 1 or 2 cuts per parent
 * @returns null if tries gave no new sequence within the limits
 */
export function crossDna(
  a: DnaParent,
  b: DnaParent,
  points: 1 | 2,
  limits: DnaLimits,
  random: RandomStream,
): string | null {
  const cross = points === 1 ? crossOnce : crossTwice;
  return acceptedOf(() => cross(a, b, limits, random), [a, b], limits);
}
