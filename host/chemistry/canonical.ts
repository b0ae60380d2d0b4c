/** Canonical forms of sequences as a generator writes them. */
import type { Modality } from '../../engine/base/modality.ts';
import { parseDna } from '../../engine/dna/sequence.ts';
import { Chemistry } from './service.ts';

/** Canonical forms in order, null for what is invalid; '' is. */
export type Canonical = (texts: readonly string[]) => Promise<(string | null)[]>;

export function canonicalFor(modality: Modality, chemistry = new Chemistry()): Canonical {
  if (modality === 'dna') return async (texts) => texts.map(parseDna);
  return (texts) =>
    chemistry.use(({ rdkit }) =>
      texts.map((text) =>
        text === ''
          ? null
          : rdkit.withMolecule<string | null>(
              text,
              ({ canonical }) => canonical,
              () => null,
            ),
      ),
    );
}
