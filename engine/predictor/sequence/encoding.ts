/** DNA as the network reads it: one-hot rows of a fixed length. */
import { BASES } from '../../dna/sequence.ts';
import { CHANNELS } from './network.ts';

/** The middle of a sequence that is longer than `length`; the sequence itself where it is not. */
export function middleOf(sequence: string, length: number): string {
  const excess = Math.max(0, sequence.length - length);
  return sequence.slice(Math.ceil(excess / 2), Math.ceil(excess / 2) + length);
}

/**
 * Writes a sequence one-hot, A, C, G, T, centred between empty positions where it
 * is shorter than `length`.
 * @param sequence at most `length` bases @param into [length, 4], zeros
 */
export function encodeCentred(sequence: string, length: number, into: Float32Array): void {
  const shift = Math.floor((length - sequence.length) / 2);
  for (let i = 0; i < sequence.length; i++) into[(i + shift) * CHANNELS + BASES.indexOf(sequence[i])] = 1;
}

/**
 * Turns a one-hot row into that of the opposite strand, in place: with the bases in this order it is the row
 * backwards.
 */
export function toOppositeStrand(row: Float32Array): void {
  row.reverse();
}
