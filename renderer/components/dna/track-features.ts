/** @file Lays out features of a DNA sequence below its rows and describes them. */
import type { SequenceFeature } from '../../../contract/api.ts';
import { plural } from '../../lib/format.ts';

/** A feature to mark, found by a goal, a limit or the user's search. */
export interface TrackFeature extends Omit<SequenceFeature, 'kind'> {
  readonly kind: SequenceFeature['kind'] | 'found';
}

/** The part of a feature within one row. Columns count from 0, end excluded. */
export interface Mark {
  readonly feature: TrackFeature;
  readonly from: number;
  readonly to: number;
  /** Index of the line below the row's bases. */
  readonly lane: number;
}

export const kindWords: Readonly<
  Record<SequenceFeature['kind'], { readonly one: string; readonly many: string; readonly heading: string }>
> = {
  motif: { one: 'motif hit', many: 'motif hits', heading: 'Motif hits' },
  site: { one: 'restriction site', many: 'restriction sites', heading: 'Restriction sites' },
  rule: { one: 'violated synthesis rule', many: 'violated synthesis rules', heading: 'Violated synthesis rules' },
};

/** In the order of the lists. */
export const featureKinds = Object.keys(kindWords) as SequenceFeature['kind'][];

const ruleWords: Readonly<Record<string, string>> = {
  length: 'Length',
  gc: 'GC content',
  'gc-window': 'GC in a window',
  'gc-spread': 'GC uneven',
  runs: 'Run of one base',
  repeats: 'Repeat',
  hairpins: 'Hairpin',
  sites: 'Forbidden site',
};

export function featureName({ kind, name }: Pick<TrackFeature, 'kind' | 'name'>): string {
  return kind === 'rule' ? (ruleWords[name] ?? name) : name;
}

/** "12–17", counted from 1. */
export function featurePlace({ start, end }: Pick<TrackFeature, 'start' | 'end'>): string {
  return `${start + 1}–${end}`;
}

/** "2 motif hits, 1 restriction site". */
export function featureSummary(features: readonly SequenceFeature[]): string {
  return featureKinds
    .map((kind) => ({ words: kindWords[kind], count: features.filter((feature) => feature.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => plural(count, words.one, words.many))
    .join(', ');
}

/**
 * The marks of each row. Marks that would overlap are placed in separate lanes. Features that span the whole sequence
 * appear only in the list.
 */
export function markRows(features: readonly TrackFeature[], length: number, rowLength: number): Mark[][] {
  const pieces = features
    .filter(({ start, end }) => end - start < length)
    .flatMap((feature) => piecesOf(feature, length));
  return Array.from({ length: Math.ceil(length / rowLength) }, (_, row) => {
    const [first, last] = [row * rowLength, Math.min(length, (row + 1) * rowLength)];
    const inside = pieces.filter(({ from, to }) => from < last && to > first);
    return withLanes(
      inside.map(({ feature, from, to }) => ({
        feature,
        from: Math.max(from, first) - first,
        to: Math.min(to, last) - first,
      })),
    );
  });
}

/** A site that spans the origin of a circular sequence gives two pieces. */
function piecesOf(feature: TrackFeature, length: number): Omit<Mark, 'lane'>[] {
  const { start, end } = feature;
  const inside = { feature, from: start, to: Math.min(end, length) };
  return end > length ? [inside, { feature, from: 0, to: end - length }] : [inside];
}

function withLanes(marks: readonly Omit<Mark, 'lane'>[]): Mark[] {
  const ends: number[] = [];
  return [...marks]
    .sort((a, b) => a.from - b.from)
    .map((mark) => {
      const free = ends.findIndex((end) => end <= mark.from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = mark.to;
      return { ...mark, lane };
    });
}
