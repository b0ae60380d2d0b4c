/**
 * @file Folds by scaffold: molecules of one Bemis–Murcko scaffold are held out together, so that figures are for unseen
 * chemistry.
 */

/**
 * Assigns whole scaffolds to folds, the largest first, each to the fold with the fewest molecules. Does not depend on
 * the order of the scaffolds.
 * @param scaffolds of each molecule; '' for those without rings, which count as one scaffold
 * @returns the fold of each molecule, from 0
 */
export function scaffoldFolds(scaffolds: readonly string[], folds: number): Int32Array {
  const sizes = new Map<string, number>();
  for (const scaffold of scaffolds) sizes.set(scaffold, (sizes.get(scaffold) ?? 0) + 1);
  const filled = new Array<number>(folds).fill(0);
  const place = new Map<string, number>();
  for (const [scaffold, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const fold = filled.indexOf(Math.min(...filled));
    filled[fold] += size;
    place.set(scaffold, fold);
  }
  return Int32Array.from(scaffolds, (scaffold) => place.get(scaffold)!);
}
