/**
 * @file A SMARTS query prepared once in WASM memory and matched against many molecules. As with Python's MolFromSmarts,
 * a hydrogen that is written as an atom of the query ([H]) matches only hydrogens that are atoms of the molecule. For
 * users' patterns; those of the shipped tables use smarts/query.ts.
 */
import type { Mol } from '@rdkit/rdkit';
import { callRdkit } from './errors.ts';
import { type Census, mayContain, type Need, readNeeds } from './smarts/screen.ts';

/** RDKit's SubstructMatchParameters. */
const WITH_STEREO = JSON.stringify({ useChirality: true });
/** Marks of tetrahedral centres and of double bonds; "@" is also a ring bond, which does no harm. */
const STEREO_MARKS = /[@/\\]/;

export interface PatternOptions {
  /** Whether the configurations that the pattern states must be those of the molecule; ignored if omitted. */
  readonly stereo?: boolean;
}

export class Pattern {
  readonly smarts: string;
  readonly #query: Mol;
  readonly #needs: readonly Need[];
  /** Whether configurations are compared. */
  readonly #isStereo: boolean;

  /** Takes ownership of `query`. */
  constructor(smarts: string, query: Mol, { stereo = false }: PatternOptions = {}) {
    this.smarts = smarts;
    this.#query = query;
    this.#isStereo = stereo && STEREO_MARKS.test(smarts);
    this.#needs = readNeeds(smarts);
  }

  /** @returns false only if a molecule with this census cannot contain the pattern */
  mayBeIn(census: Census): boolean {
    return mayContain(census, this.#needs);
  }

  isIn(mol: Mol): boolean {
    // '{}' is RDKit-JS's answer for no match.
    const json = callRdkit(`the match of ${this.smarts}`, () =>
      this.#isStereo ? mol.get_substruct_match(this.#query, WITH_STEREO) : mol.get_substruct_match(this.#query),
    );
    return json.length > 2;
  }

  /** Atom indices of each match, at most 1,000. Matches over the same atoms count once. */
  matchesIn(mol: Mol): readonly (readonly number[])[] {
    const json = callRdkit(`the matches of ${this.smarts}`, () =>
      this.#isStereo ? mol.get_substruct_matches(this.#query, WITH_STEREO) : mol.get_substruct_matches(this.#query),
    );
    if (json.length <= 2) return [];
    return (JSON.parse(json) as { atoms: number[] }[]).map((match) => match.atoms);
  }

  /** Lends RDKit's own object, e.g. as the template of an aligned depiction. */
  use<T>(what: string, call: (query: Mol) => T): T {
    return callRdkit(what, () => call(this.#query));
  }

  dispose(): void {
    if (!this.#query.isDeleted()) callRdkit('freeing a pattern', () => this.#query.delete());
  }
}
