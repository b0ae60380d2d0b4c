/** @file A sequence logo as letters to draw, as a table, and in words. */
import type { LogoPosition, Result } from '../../../../contract/api.ts';
import { count, percent, plural } from '../../../lib/format.ts';
import { type Base, bases } from '../../../lib/mutagenesis.ts';

export type LineUp = 'start' | 'end';
export type Logo = Result<'dna.logo'>;

/** Outlines of the letters in a box of 100 by 100, since letters of a font don't fill their box. */
export const glyphs: Readonly<Record<Base, string>> = {
  A: 'M0 100L38 0H62L100 100H79L71 76H29L21 100ZM34 59H66L50 14Z',
  C: 'M100 33C97 12 79 0 53 0C20 0 0 21 0 50C0 79 20 100 53 100C79 100 97 88 100 67H79C76 78 67 83 53 83C34 83 21 70 21 50C21 30 34 17 53 17C67 17 76 22 79 33Z',
  G: 'M100 33C97 12 79 0 53 0C20 0 0 21 0 50C0 79 20 100 53 100C81 100 100 84 100 60V47H54V64H78C76 76 67 83 53 83C34 83 21 70 21 50C21 30 34 17 53 17C67 17 76 22 79 33Z',
  T: 'M0 0H100V18H61V100H39V18H0Z',
};

/** One letter of the stack at a position, with the bits of its lower and upper edge. */
export interface LogoLetter {
  readonly base: Base;
  readonly from: number;
  readonly to: number;
}

/** The stack of a position, rarest base at the bottom. Bases of no height are left out. */
export function stackOf({ counts, bits }: LogoPosition): LogoLetter[] {
  const all = counts.reduce((sum, one) => sum + one, 0);
  const ordered = bases
    .map((base, i) => ({ base, height: (bits * counts[i]) / all }))
    .filter(({ height }) => height > 0)
    .sort((a, b) => a.height - b.height);
  let foot = 0;
  return ordered.map(({ base, height }) => {
    const letter = { base, from: foot, to: foot + height };
    foot = letter.to;
    return letter;
  });
}

/** Counted from 1 at the start of the sequences, or from -1 backwards at their ends. */
export function positionName(index: number, positions: number, from: LineUp): number {
  return from === 'start' ? index + 1 : index - positions;
}

/** A row of the table: position, shares of the bases, number of sequences that reach it, bits. */
export interface LogoRow {
  readonly position: number;
  readonly shares: string;
  readonly sequences: number;
  readonly bits: number;
}

export function logoRows({ positions }: Logo, from: LineUp): LogoRow[] {
  return positions.map(({ counts, bits }, i) => {
    const all = counts.reduce((sum, one) => sum + one, 0);
    const shares = bases
      .map((base, b) => ({ base, count: counts[b] }))
      .filter((one) => one.count > 0)
      .sort((a, b) => b.count - a.count);
    return {
      position: positionName(i, positions.length, from),
      shares: shares.map(({ base, count: n }) => `${base} ${percent(n / all)}`).join(', '),
      sequences: all,
      bits,
    };
  });
}

/** The most common base at each position with at least half a bit of information; n elsewhere. */
export function consensusOf({ positions }: Logo): string {
  return positions.map(({ counts, bits }) => (bits < 0.5 ? 'n' : bases[counts.indexOf(Math.max(...counts))])).join('');
}

/** Explains what unequal lengths mean for the logo; '' if all are equal. */
export function lengthWords({ shortest, positions }: Logo, from: LineUp): string {
  const longest = positions.length;
  if (shortest === longest) return '';
  return `They have ${shortest} to ${longest} bases and are aligned at their ${from === 'start' ? 'first' : 'last'} base. Positions beyond the shorter ones count fewer sequences.`;
}

/** "The best 100 of 2,400 that pass the filters, by Total." @param chosen of a selection */
export function logoWords({ count: used }: Logo, of: number, chosen: boolean, by: string): string {
  const which = chosen ? plural(of, 'selected sequence') : `${plural(of, 'sequence')} that pass the filters`;
  return `${used === of ? `All ${which}` : `The first ${count(used)} of ${which}`}${used === of ? '' : `, by ${by}`}.`;
}
