/** @file What a design generates: molecules or DNA. */

export type Modality = 'molecule' | 'dna';

/** The words for a modality in messages: "a design for DNA", "26,000 sequences were tried". */
export const modalityWords: Readonly<Record<Modality, { readonly kind: string; readonly many: string }>> = {
  molecule: { kind: 'molecules', many: 'molecules' },
  dna: { kind: 'DNA', many: 'sequences' },
};
