/** DNA as text: A, C, G and T in upper case, 5' to 3'. */

const DNA = /^[ACGT]+$/;

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
