/** DNA as text: A, C, G and T in upper case, 5' to 3'. */

const DNA = /^[ACGT]+$/;

/** The sequence in upper case; null where the text holds anything but A, C, G and T, or nothing. */
export function parseDna(text: string): string | null {
  const sequence = text.trim().toUpperCase();
  return DNA.test(sequence) ? sequence : null;
}
