/** @file A collection of motifs, searchable by identifier or by factor. */
import type { Motif } from './motif-formats.ts';

export class MotifCollection {
  /** In order of preference: of several motifs of a factor, the first is used. */
  readonly motifs: readonly Motif[];
  readonly #byKey = new Map<string, Motif>();

  /**
   * @param groups the preferred group first; within a group the lowest identifier comes first, and of two versions the
   * newest
   */
  constructor(...groups: readonly (readonly Motif[])[]) {
    this.motifs = groups.flatMap((group) => [...group].sort(byPreference));
    for (const motif of this.motifs) this.#remember(motif.id, motif);
    for (const motif of this.motifs) this.#remember(unversioned(motif.id), motif);
    for (const motif of this.motifs) this.#remember(motif.name, motif);
  }

  #remember(key: string, motif: Motif): void {
    const known = key.toLowerCase();
    if (!this.#byKey.has(known)) this.#byKey.set(known, motif);
  }

  /** Finds a motif by identifier, with or without JASPAR's version, or by factor, ignoring case. */
  find(name: string): Motif | undefined {
    return this.#byKey.get(name.trim().toLowerCase());
  }

  /** All identifiers and factors. */
  names(): string[] {
    return [...new Set(this.motifs.flatMap(({ id, name }) => [name, id]))];
  }
}

/** JASPAR's accession MA0139.2 without its version. */
const unversioned = (id: string) => id.replace(/^(MA\d+)\.\d+$/, '$1');

function byPreference(a: Motif, b: Motif): number {
  const [first, second] = [unversioned(a.id), unversioned(b.id)];
  if (first !== second) return first < second ? -1 : 1;
  return b.id.localeCompare(a.id, 'en', { numeric: true });
}
