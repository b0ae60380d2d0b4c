/** @file Says when most of the best molecules are no larger than the fragments that screens start from. */

/** Fewest heavy atoms of a lead. A fragment has up to 300 g/mol: Congreve et al., Drug Discovery Today 2003, 8, 876. */
const LEAST_LEAD = 20;
/** The best that are looked at, and the fewest that say something. */
const LOOKED_AT = 20;
const FEWEST = 10;

const ATOM = /\[(?!\d*H[+-]?\])[^\]]+\]|Cl|Br|[BCNOPSFIbcnops]/g;

/** @returns atoms of a SMILES without hydrogens */
export function heavyAtoms(smiles: string): number {
  return smiles.match(ATOM)?.length ?? 0;
}

/** @param best SMILES, best first @returns one sentence if most of the first 20 are fragment-sized; otherwise null */
export function fragmentWords(best: readonly string[]): string | null {
  const looked = best.slice(0, LOOKED_AT);
  const small = looked.filter((smiles) => heavyAtoms(smiles) < LEAST_LEAD).length;
  if (looked.length < FEWEST || 2 * small <= looked.length) return null;
  return `${small} of the best ${looked.length} are fragment-sized (fewer than ${LEAST_LEAD} heavy atoms). A limit on molecular weight would keep them out.`;
}
