/**
 * @file A SMARTS query prepared once in WASM memory and matched against many molecules. As with Python's MolFromSmarts,
 * a hydrogen that is written as an atom of the query ([H]) matches only hydrogens that are atoms of the molecule. For
 * users' patterns; those of the shipped tables use smarts/query.ts.
 */
import type { Mol } from '@rdkit/rdkit';
import { callRdkit } from './errors.ts';
import { type Census, mayContain, type Need, readNeeds } from './smarts/screen.ts';

export class Pattern {
  readonly smarts: string;
  readonly #query: Mol;
  readonly #needs: readonly Need[];

  /** Takes ownership of `query`. */
  constructor(smarts: string, query: Mol) {
    this.smarts = smarts;
    this.#query = query;
    this.#needs = readNeeds(smarts);
  }

  /** @returns false only if a molecule with this census cannot contain the pattern */
  mayBeIn(census: Census): boolean {
    return mayContain(census, this.#needs);
  }

  isIn(mol: Mol): boolean {
    // '{}' is RDKit-JS's answer for no match.
    return callRdkit(`the match of ${this.smarts}`, () => mol.get_substruct_match(this.#query)).length > 2;
  }

  /** Atom indices of each match, at most 1,000. Matches over the same atoms count once. */
  matchesIn(mol: Mol): readonly (readonly number[])[] {
    const json = callRdkit(`the matches of ${this.smarts}`, () => mol.get_substruct_matches(this.#query));
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
