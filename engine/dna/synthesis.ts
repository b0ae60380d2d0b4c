/**
 * @file Rules of providers of synthetic DNA: which parts of a sequence break which rule, and why.
 *
 * The presets hold limits that the providers publish, as quoted by others. The providers' own checks, which are not
 * public, decide. Twist Bioscience: questions and answers on gene synthesis, quoted between 2023 and 2026 (length, GC
 * content overall and per 50 bases, runs below 14, repeats from 20 bases). IDT: page on gBlocks, quoted in 2026
 * (length, GC content overall, runs of A or T from 10, of G or C from 6); it names repeats and hairpins without a
 * limit, so none is set.
 */
import { gcContent, gcWindows } from './composition.ts';
import { iupacReverseComplement } from './iupac.ts';
import { type Enzyme, SiteFinder } from './restriction.ts';

/** Limits of every rule. Shares are of G and C. 0 turns off the rules that say so. */
export interface SynthesisLimits {
  readonly min_length: number;
  readonly max_length: number;
  readonly min_gc: number;
  readonly max_gc: number;
  /** Bases of the window whose GC content is checked; 0 for no check. */
  readonly window: number;
  readonly window_min_gc: number;
  readonly window_max_gc: number;
  /** Largest difference between two windows. */
  readonly window_spread: number;
  /** Longest run of A or of T. */
  readonly run_at: number;
  /** Longest run of G or of C. */
  readonly run_gc: number;
  /** Length from which a stretch must not be repeated on either strand; 0 for no check. */
  readonly repeat: number;
  /** Length from which the stem of a hairpin within END_WINDOW bases of an end is too long; 0 for no check. */
  readonly stem: number;
}

export interface RuleSet {
  readonly label: string;
  readonly limits: SynthesisLimits;
  /** Enzymes whose sites are forbidden. */
  readonly sites: readonly string[];
}

const OPEN: SynthesisLimits = {
  ...{ min_length: 1, max_length: Infinity, min_gc: 0, max_gc: 1 },
  ...{ window: 0, window_min_gc: 0, window_max_gc: 1, window_spread: 1 },
  ...{ run_at: Infinity, run_gc: Infinity, repeat: 0, stem: 0 },
};

/** `generic` is our own cautious set, for sequences that are cloned by Golden Gate assembly. */
export const ruleSets = {
  generic: {
    label: 'Cautious, of no provider',
    limits: {
      ...OPEN,
      max_length: 3000,
      min_gc: 0.3,
      max_gc: 0.65,
      window: 50,
      window_min_gc: 0.2,
      window_max_gc: 0.8,
      run_at: 9,
      run_gc: 5,
      repeat: 20,
      stem: 12,
    },
    sites: ['BsaI', 'BsmBI'],
  },
  twist: {
    label: 'Twist Bioscience, gene fragments',
    limits: {
      ...OPEN,
      min_length: 300,
      max_length: 5000,
      min_gc: 0.25,
      max_gc: 0.65,
      window: 50,
      window_min_gc: 0.1,
      window_max_gc: 0.9,
      window_spread: 0.52,
      run_at: 13,
      run_gc: 13,
      repeat: 20,
    },
    sites: [],
  },
  'idt-gblock': {
    label: 'IDT, gBlocks gene fragments',
    limits: { ...OPEN, min_length: 125, max_length: 3000, min_gc: 0.25, max_gc: 0.75, run_at: 9, run_gc: 5 },
    sites: [],
  },
} satisfies Readonly<Record<string, RuleSet>>;

export type RuleSetName = keyof typeof ruleSets;
export const ruleSetNames = Object.keys(ruleSets) as RuleSetName[];

/** A place where a rule is broken. Positions count from 0 and the end is exclusive. */
export interface Violation {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  /** What is there and what the limit is, for users. */
  readonly reason: string;
}

type Find = (sequence: string, limits: SynthesisLimits) => Omit<Violation, 'rule'>[];

/** Bases from each end within which hairpins are searched. */
const END_WINDOW = 60;
/** Fewest bases of a hairpin's loop. */
const SHORTEST_LOOP = 3;

/** All rules except the forbidden sites, which need enzymes. */
const rules: Readonly<Record<string, Find>> = {
  length: (sequence, { min_length, max_length }) => {
    const { length } = sequence;
    if (length >= min_length && length <= max_length) return [];
    return [
      {
        start: 0,
        end: length,
        reason: `${length} bases; ${length < min_length ? `at least ${min_length}` : `at most ${max_length}`} are allowed`,
      },
    ];
  },
  gc: (sequence, { min_gc, max_gc }) => {
    const share = gcContent(sequence);
    return share >= min_gc && share <= max_gc
      ? []
      : [
          {
            start: 0,
            end: sequence.length,
            reason: `${percent(share)} G and C; ${percent(min_gc)} to ${percent(max_gc)} are allowed`,
          },
        ];
  },
  'gc-window': (sequence, { window, window_min_gc, window_max_gc }) => {
    const shares = gcWindows(sequence, window);
    return stretches(shares.map((share) => share < window_min_gc || share > window_max_gc)).map(({ start, end }) => ({
      start,
      end: end - 1 + window,
      reason: `a window of ${window} bases has ${percent(furthest(shares.slice(start, end)))} G and C; ${percent(window_min_gc)} to ${percent(window_max_gc)} are allowed`,
    }));
  },
  'gc-spread': (sequence, { window, window_spread }) => {
    const shares = gcWindows(sequence, window);
    if (shares.length === 0) return [];
    const [low, high] = [Math.min(...shares), Math.max(...shares)];
    if (high - low <= window_spread) return [];
    const [first, second] = [shares.indexOf(low), shares.indexOf(high)].sort((a, b) => a - b);
    return [
      {
        start: first,
        end: second + window,
        reason: `windows of ${window} bases have between ${percent(low)} and ${percent(high)} G and C; they may differ by at most ${percent(window_spread)}`,
      },
    ];
  },
  runs: (sequence, { run_at, run_gc }) =>
    [...sequence.matchAll(/A+|C+|G+|T+/g)].flatMap(({ 0: { length, [0]: base }, index }) => {
      const most = base === 'A' || base === 'T' ? run_at : run_gc;
      return length <= most
        ? []
        : [{ start: index, end: index + length, reason: `a run of ${length} ${base}; at most ${most} are allowed` }];
    }),
  repeats: (sequence, { repeat }) => (repeat === 0 ? [] : repeats(sequence, repeat)),
  hairpins: (sequence, { stem }) => (stem === 0 ? [] : endHairpins(sequence, stem)),
};

/** A set of rules with its enzymes, prepared to check sequences. */
export class SynthesisCheck {
  readonly #limits: SynthesisLimits;
  readonly #finders: readonly SiteFinder[];

  /** @param forbidden enzymes whose sites are forbidden */
  constructor(limits: SynthesisLimits, forbidden: readonly Enzyme[]) {
    this.#limits = limits;
    this.#finders = forbidden.map((enzyme) => new SiteFinder(enzyme));
  }

  /** All violations, rule by rule. @param sequence A, C, G and T in upper case */
  violations(sequence: string): Violation[] {
    const found = Object.entries(rules).flatMap(([rule, find]) =>
      find(sequence, this.#limits).map((one) => ({ rule, ...one })),
    );
    return [...found, ...this.#finders.flatMap((finder) => forbidden(finder, sequence))];
  }

  /** Number of broken rules. A rule that is broken several times counts once. */
  broken(sequence: string): number {
    return new Set(this.violations(sequence).map(({ rule }) => rule)).size;
  }
}

function forbidden(finder: SiteFinder, sequence: string): Violation[] {
  const { name, site } = finder.enzyme;
  return finder
    .sites(sequence, false)
    .map(({ start, end }) => ({ rule: 'sites', start, end, reason: `a site of ${name} (${site})` }));
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))}%`;

const furthest = (shares: readonly number[]) =>
  shares.reduce((a, b) => (Math.abs(b - 0.5) > Math.abs(a - 0.5) ? b : a));

/** Runs of true. */
function stretches(flags: readonly boolean[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  flags.forEach((flag, i) => {
    if (!flag) return;
    const last = found.at(-1);
    if (last?.end === i) last.end = i + 1;
    else found.push({ start: i, end: i + 1 });
  });
  return found;
}

/** Stretches of at least `length` bases that occurred before, on the same strand or the other. */
function repeats(sequence: string, length: number): Omit<Violation, 'rule'>[] {
  const first = new Map<string, number>();
  const seen = Array.from({ length: Math.max(0, sequence.length - length + 1) }, (_, i) => {
    const word = sequence.slice(i, i + length);
    const before = first.get(word) ?? first.get(iupacReverseComplement(word));
    if (before === undefined) first.set(word, i);
    return before;
  });
  return stretches(seen.map((before) => before !== undefined)).map(({ start, end }) => ({
    start,
    end: end - 1 + length,
    reason: `${end - start - 1 + length} bases are repeated from position ${(seen[start] ?? 0) + 1}; repeats from ${length} bases are forbidden`,
  }));
}

/** The first hairpin with a stem of at least `stem` bases within END_WINDOW bases of each end. */
function endHairpins(sequence: string, stem: number): Omit<Violation, 'rule'>[] {
  const found = [hairpinIn(sequence, 0, stem), hairpinIn(sequence, Math.max(0, sequence.length - END_WINDOW), stem)];
  const places = found.filter((place, i) => place !== null && place.start !== found[i - 1]?.start) as {
    start: number;
    end: number;
  }[];
  return places.map((place) => ({
    ...place,
    reason: `a hairpin whose stem has ${stem} bases or more; stems near an end must be shorter`,
  }));
}

function hairpinIn(sequence: string, from: number, stem: number): { start: number; end: number } | null {
  const part = sequence.slice(from, from + END_WINDOW);
  for (let start = 0; start + 2 * stem + SHORTEST_LOOP <= part.length; start++) {
    const at = part.indexOf(iupacReverseComplement(part.slice(start, start + stem)), start + stem + SHORTEST_LOOP);
    if (at >= 0) return { start: start + from, end: at + stem + from };
  }
  return null;
}
