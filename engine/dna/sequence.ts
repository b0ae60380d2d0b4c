/** @file DNA as text: A, C, G and T in upper case, 5' to 3'. */

const DNA = /^[ACGT]+$/;

const IUPAC = /^[ACGTRYSWKMBDHVN]*$/;

/** A stretch of known bases. */
export interface Stretch {
  /** Number of bases before it. */
  readonly start: number;
  readonly bases: string;
}

/**
 * The stretches of A, C, G and T, in upper case, in a sequence that may hold other IUPAC codes; null if the text holds
 * anything else.
 */
export function knownStretches(text: string): Stretch[] | null {
  const sequence = text.trim().toUpperCase();
  if (!IUPAC.test(sequence)) return null;
  return [...sequence.matchAll(/[ACGT]+/g)].map(({ index, 0: bases }) => ({ start: index, bases }));
}

/** The sequence in upper case; null if the text is empty or holds anything but A, C, G and T. */
export function parseDna(text: string): string | null {
  const sequence = text.trim().toUpperCase();
  return DNA.test(sequence) ? sequence : null;
}

/** One-letter codes of amino acids that are not codes of nucleotides. */
const ONLY_PROTEIN = /[EFILPQ]/;
const PROTEIN = /^[ACDEFGHIKLMNPQRSTVWY*]+$/;

/**
 * Describes the first letter that is not a base: the letter, its position from 1 and what it may be.
 * @param letters in upper case, without spaces
 * @param part what the letters are part of, for the message, such as "prefix"
 * @returns null if all letters are bases
 */
export function baseFault(letters: string, part?: string): string | null {
  return faultOf(letters, /[^ACGT]/, part);
}

/** Like `baseFault`, for IUPAC codes. */
export function codeFault(letters: string, part?: string): string | null {
  return faultOf(letters, /[^ACGTRYSWKMBDHVN]/, part);
}

function faultOf(letters: string, foreign: RegExp, part?: string): string | null {
  const at = letters.search(foreign);
  if (at < 0) return null;
  const place = (index: number) => `at position ${index + 1}${part === undefined ? '' : ` of the ${part}`}`;
  const protein = PROTEIN.test(letters) ? letters.search(ONLY_PROTEIN) : -1;
  if (protein >= 0) return `"${letters[protein]}" ${place(protein)} is an amino acid: this looks like protein`;
  // A whole character, because half of an emoji cannot be shown.
  const letter = String.fromCodePoint(letters.codePointAt(at)!);
  return letter.trim() === '' ? `a space ${place(at)}` : `"${letter}" ${place(at)} ${faultWords(letter)}`;
}

function faultWords(letter: string): string {
  if (letter === 'U') return 'is RNA';
  if (letter === '-' || letter === '.') return 'is a gap';
  return IUPAC.test(letter) ? 'stands for several bases' : 'is not a base';
}

/** Says in a few words why `parseDna` refuses the text. */
export function explainDna(text: string): string {
  const fault = baseFault(text.trim().toUpperCase());
  return fault === null ? 'no sequence' : `not DNA: ${fault}`;
}

/** The bases in the order of their codes, 0 to 3. The codes of a base and its complement add up to 3. */
export const BASES = 'ACGT';

/** One code per base, 0 to 3 for A, C, G, T. @param sequence A, C, G and T only */
export function baseCodes(sequence: string): Uint8Array {
  return Uint8Array.from(sequence, (base) => BASES.indexOf(base));
}
