/** @file Start codons and open reading frames of the standard genetic code. */

const START = 'ATG';
const STOPS = new Set(['TAA', 'TAG', 'TGA']);

/** ATG in any frame of one strand. */
export function startCodons(sequence: string): number {
  let count = 0;
  for (let at = sequence.indexOf(START); at >= 0; at = sequence.indexOf(START, at + 1)) count++;
  return count;
}

/**
 * Lengths in codons of the open reading frames of one strand, including the start and excluding the stop. A frame runs
 * from the first ATG after a stop (or after the start of the sequence) to the next stop in frame. Frames without a stop
 * do not count.
 */
export function readingFrames(sequence: string): number[] {
  const lengths: number[] = [];
  for (let frame = 0; frame < 3; frame++) {
    let start = -1;
    for (let at = frame; at + 3 <= sequence.length; at += 3) {
      const codon = sequence.slice(at, at + 3);
      if (start < 0 && codon === START) start = at;
      if (start < 0 || !STOPS.has(codon)) continue;
      lengths.push((at - start) / 3);
      start = -1;
    }
  }
  return lengths;
}
