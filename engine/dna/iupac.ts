/**
 * @file IUPAC codes of nucleotides as sets of bases: one bit each for A, C, G and T (Cornish-Bowden, Nucleic Acids Res.
 * 1985, 13, 3021).
 */

const MASKS: Readonly<Record<string, number>> = {
  A: 1,
  C: 2,
  G: 4,
  T: 8,
  R: 5,
  Y: 10,
  S: 6,
  W: 9,
  K: 12,
  M: 3,
  B: 14,
  D: 13,
  H: 11,
  V: 7,
  N: 15,
};

const COMPLEMENTS: Readonly<Record<string, string>> = {
  A: 'T',
  C: 'G',
  G: 'C',
  T: 'A',
  R: 'Y',
  Y: 'R',
  S: 'S',
  W: 'W',
  K: 'M',
  M: 'K',
  B: 'V',
  D: 'H',
  H: 'D',
  V: 'B',
  N: 'N',
};

/** Bits of the bases that each letter allows. @throws Error for a letter that is not an IUPAC code in upper case */
export function iupacMasks(text: string): Uint8Array {
  return Uint8Array.from(text, (code) => {
    const mask = MASKS[code];
    if (mask === undefined) throw new Error(`"${code}" in "${text}" is not an IUPAC code of a nucleotide`);
    return mask;
  });
}

/** The reverse complement, 5' to 3'. @param text IUPAC codes in upper case */
export function iupacReverseComplement(text: string): string {
  let other = '';
  for (let i = text.length - 1; i >= 0; i--) other += COMPLEMENTS[text[i]];
  return other;
}
