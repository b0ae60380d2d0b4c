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

/** Why `parseDna` refuses the text, in a few words. */
export function explainDna(text: string): string {
  const sequence = text.trim();
  const at = sequence.search(/[^ACGT]/i);
  return at < 0 ? 'no sequence' : `not DNA: "${sequence[at]}" at position ${at + 1}`;
}

/** The bases in the order of their codes, 0 to 3: a base and its complement add up to 3. */
export const BASES = 'ACGT';

/** One code a base, 0 to 3 for A, C, G, T. @param sequence A, C, G and T only */
export function baseCodes(sequence: string): Uint8Array {
  return Uint8Array.from(sequence, (base) => BASES.indexOf(base));
}
