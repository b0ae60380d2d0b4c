/** What a DNA sequence is made of. Sequences are A, C, G and T in upper case. */

/** Share of G and C, in [0, 1]. @param sequence at least one base */
export function gcContent(sequence: string): number {
  let strong = 0;
  for (const base of sequence) if (base === 'G' || base === 'C') strong++;
  return strong / sequence.length;
}
