/** DNA as the network reads it: one-hot rows of a fixed length. */
import { BASES } from '../../dna/sequence.ts';
import { CHANNELS } from './network.ts';

/** The middle `length` bases of a longer sequence; a shorter one is unchanged. */
export function middleOf(sequence: string, length: number): string {
  const excess = Math.max(0, sequence.length - length);
  return sequence.slice(Math.ceil(excess / 2), Math.ceil(excess / 2) + length);
}

/**
 * Writes a sequence one-hot in the order A, C, G, T. A sequence shorter than `length` is centred between empty
 * positions.
 * @param sequence at most `length` bases
 * @param into [length, 4], zeros
 */
export function encodeCentred(sequence: string, length: number, into: Float32Array): void {
  const shift = Math.floor((length - sequence.length) / 2);
  for (let i = 0; i < sequence.length; i++) into[(i + shift) * CHANNELS + BASES.indexOf(sequence[i])] = 1;
}

/**
 * Turns one-hot rows into those of the opposite strand, in place. With the bases in this order, that is the array
 * reversed.
 */
export function toOppositeStrand(row: Float32Array): void {
  row.reverse();
}
