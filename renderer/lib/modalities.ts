/** @file What is generated, in words: molecules or DNA. */
import type { Design } from '../../contract/design-shape.ts';

export type Modality = Design['modality'];

export interface ModalityWords {
  /** What a design is for. */
  readonly label: string;
  readonly one: string;
  readonly many: string;
  /** What is copied of a candidate. */
  readonly text: string;
  /** What nearly identical candidates have in common. */
  readonly kin: string;
  readonly kins: string;
  /** Example of a search for objectives. */
  readonly search: string;
}

export const modalityWords: Readonly<Record<Modality, ModalityWords>> = {
  molecule: {
    label: 'Molecules',
    one: 'molecule',
    many: 'molecules',
    text: 'SMILES',
    kin: 'scaffold',
    kins: 'Scaffolds',
    search: 'easy to make, greasy, size…',
  },
  dna: {
    label: 'DNA',
    one: 'sequence',
    many: 'sequences',
    text: 'Sequence',
    kin: 'family',
    kins: 'Families',
    search: 'melting, motifs, easy to synthesise…',
  },
};
