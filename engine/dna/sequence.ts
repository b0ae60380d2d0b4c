/** DNA as text: A, C, G and T in upper case, 5' to 3'. */

const DNA = /^[ACGT]+$/;

const IUPAC = /^[ACGTRYSWKMBDHVN]*$/;

/** A stretch of known bases. */
export interface Stretch {
  /** Bases before it. */
  readonly start: number;
  readonly bases: string;
}

/**
 * The stretches of A, C, G and T in a sequence that may hold other IUPAC codes, in
 * upper case; null where the text holds anything else.
 */
export function knownStretches(text: string): Stretch[] | null {
  const sequence = text.trim().toUpperCase();
  if (!IUPAC.test(sequence)) return null;
  return [...sequence.matchAll(/[ACGT]+/g)].map(({ index, 0: bases }) => ({ start: index, bases }));
}

/** The sequence in upper case; null where the text holds anything but A, C, G and T, or nothing. */
export function parseDna(text: string): string | null {
  const sequence = text.trim().toUpperCase();
  return DNA.test(sequence) ? sequence : null;
}

/** One-letter codes of amino acids that are no codes of nucleotides. */
const ONLY_PROTEIN = /[EFILPQ]/;
const PROTEIN = /^[ACDEFGHIKLMNPQRSTVWY*]+$/;

/**
 * The first letter that is no base, with its position from 1 and what it may be; null where all are bases.
 * @param letters without spaces, in upper case
 */
export function baseFault(letters: string): string | null {
  return faultOf(letters, /[^ACGT]/);
}

/** As `baseFault`, of IUPAC codes. */
export function codeFault(letters: string): string | null {
  return faultOf(letters, /[^ACGTRYSWKMBDHVN]/);
}

function faultOf(letters: string, foreign: RegExp): string | null {
  const at = letters.search(foreign);
  if (at < 0) return null;
  const protein = PROTEIN.test(letters) ? letters.search(ONLY_PROTEIN) : -1;
  if (protein >= 0) return `"${letters[protein]}" at position ${protein + 1} is an amino acid: this looks like protein`;
  // A whole character: half of an emoji could not be shown.
  const letter = String.fromCodePoint(letters.codePointAt(at)!);
  if (letter.trim() === '') return `a space at position ${at + 1}`;
  const what =
    letter === 'U'
      ? 'is of RNA'
      : letter === '-' || letter === '.'
        ? 'is a gap'
        : IUPAC.test(letter)
          ? 'stands for several bases'
          : 'is no base';
  return `"${letter}" at position ${at + 1} ${what}`;
}

/** Why `parseDna` refuses the text, in a few words. */
export function explainDna(text: string): string {
  const fault = baseFault(text.trim().toUpperCase());
  return fault === null ? 'no sequence' : `not DNA: ${fault}`;
}

/** The bases in the order of their codes, 0 to 3: a base and its complement add up to 3. */
export const BASES = 'ACGT';

/** One code a base, 0 to 3 for A, C, G, T. @param sequence A, C, G and T only */
export function baseCodes(sequence: string): Uint8Array {
  return Uint8Array.from(sequence, (base) => BASES.indexOf(base));
}
