/** @file The effects of single-base changes, as cells to draw and as a list of the strongest. */
import type { Result } from '../../contract/api.ts';
import { bytesOf } from './base64.ts';

export const bases = ['A', 'C', 'G', 'T'] as const;
export type Base = (typeof bases)[number];

/** One change: its position from 0, the new base, and the change of the prediction. */
export interface Change {
  readonly position: number;
  readonly from: string;
  readonly to: Base;
  readonly effect: number;
}

export interface Mutagenesis {
  readonly sequence: string;
  readonly value: number | null;
  /** All changes with a known effect. */
  readonly changes: readonly Change[];
  /** Largest absolute effect, for the colour scale. Never 0, so that it can divide. */
  readonly largest: number;
}

export function mutagenesisFrom({ sequence, value, changes: sent }: Result<'candidate.mutagenesis'>): Mutagenesis {
  const effects = new Float32Array(bytesOf(sent));
  const changes = bases.flatMap((to, row) =>
    Array.from(sequence, (from, position): Change => ({
      position,
      from,
      to,
      effect: effects[row * sequence.length + position],
    })).filter(({ from, effect }) => from !== to && !Number.isNaN(effect)),
  );
  return { sequence, value, changes, largest: Math.max(1e-6, ...changes.map(({ effect }) => Math.abs(effect))) };
}

/** The changes that raise the prediction most, or lower it most. */
export function strongest({ changes }: Mutagenesis, direction: 'up' | 'down', count: number): Change[] {
  const sign = direction === 'up' ? 1 : -1;
  return changes
    .filter(({ effect }) => sign * effect > 0)
    .sort((a, b) => sign * (b.effect - a.effect))
    .slice(0, count);
}

/** Importance of each base: the mean absolute effect of its changes. [L] */
export function importance({ sequence, changes }: Mutagenesis): number[] {
  const sums = Array.from(sequence, () => ({ sum: 0, count: 0 }));
  for (const { position, effect } of changes) {
    sums[position].sum += Math.abs(effect);
    sums[position].count++;
  }
  return sums.map(({ sum, count }) => (count === 0 ? 0 : sum / count));
}

/** "A57G": counted from 1, as biologists do. */
export function changeName({ from, position, to }: Pick<Change, 'from' | 'position' | 'to'>): string {
  return `${from}${position + 1}${to}`;
}

/** The sequence with the change. */
export function changed(sequence: string, { position, to }: Pick<Change, 'position' | 'to'>): string {
  return sequence.slice(0, position) + to + sequence.slice(position + 1);
}
