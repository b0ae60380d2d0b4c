/**
 * @file Candidates by scaffold: skeletons of carbon (generic scaffolds), under each the Murcko scaffolds that have it.
 */
import type { ScaffoldNames } from '../../../../contract/api.ts';

/** What passes the filters of one scaffold, or of all scaffolds of one skeleton. */
export interface ScaffoldGroup {
  readonly size: number;
  /** Number of the candidate with the best total; the first candidate if no total is known. */
  readonly best: number;
}

interface Scaffold extends ScaffoldGroup {
  /** Number of the scaffold in the run; -1 for none. */
  readonly number: number;
  /** SMILES; '' for molecules without rings. */
  readonly smiles: string;
}

export interface Skeleton extends ScaffoldGroup {
  /** SMILES; '' for molecules without rings, null if an atom would exceed its valence. */
  readonly smiles: string | null;
  readonly scaffolds: readonly Scaffold[];
}

export type TreeOrder = 'size' | 'best';

const noRings: ScaffoldNames = { murcko: '', generic: '' };

/** By scaffold number. @param scaffolds, totals by candidate */
export function groupsOf(shown: Int32Array, scaffolds: Int32Array, totals: Float32Array): Map<number, ScaffoldGroup> {
  const groups = new Map<number, ScaffoldGroup>();
  for (const number of shown) {
    const group = groups.get(scaffolds[number]);
    groups.set(
      scaffolds[number],
      group === undefined ? { size: 1, best: number } : joined(group, { size: 1, best: number }, totals),
    );
  }
  return groups;
}

function joined(a: ScaffoldGroup, b: ScaffoldGroup, totals: Float32Array): ScaffoldGroup {
  const isBetter = totals[b.best] > totals[a.best] || Number.isNaN(totals[a.best]);
  return { size: a.size + b.size, best: isBetter ? b.best : a.best };
}

/** The tree of the groups with known names, in the chosen order. */
export function treeOf(
  groups: ReadonlyMap<number, ScaffoldGroup>,
  names: ReadonlyMap<number, ScaffoldNames>,
  totals: Float32Array,
  order: TreeOrder,
): Skeleton[] {
  const skeletons = new Map<string | null, Scaffold[]>();
  for (const [number, group] of groups) {
    const name = number < 0 ? noRings : names.get(number);
    if (name === undefined) continue;
    const scaffolds = skeletons.get(name.generic) ?? [];
    skeletons.set(name.generic, scaffolds);
    scaffolds.push({ number, smiles: name.murcko, ...group });
  }
  const compare = comparison(totals, order);
  return [...skeletons]
    .map(([smiles, scaffolds]) => ({
      smiles,
      scaffolds: scaffolds.sort(compare),
      ...scaffolds.map(({ size, best }) => ({ size, best })).reduce((a, b) => joined(a, b, totals)),
    }))
    .sort(compare);
}

function comparison(totals: Float32Array, order: TreeOrder): (a: ScaffoldGroup, b: ScaffoldGroup) => number {
  const worth = ({ best }: ScaffoldGroup): number => (Number.isNaN(totals[best]) ? -1 : totals[best]);
  const bySize = (a: ScaffoldGroup, b: ScaffoldGroup): number => b.size - a.size;
  const byBest = (a: ScaffoldGroup, b: ScaffoldGroup): number => worth(b) - worth(a);
  const [first, second] = order === 'size' ? [bySize, byBest] : [byBest, bySize];
  return (a, b) => first(a, b) || second(a, b) || a.best - b.best;
}

/** A visible line of the tree, with its position among its siblings. */
export interface TreeRow {
  readonly id: string;
  readonly skeleton: Skeleton;
  /** Undefined for the skeleton itself. */
  readonly scaffold?: Scaffold;
  /** From 1. */
  readonly position: number;
  readonly siblings: number;
}

const idOf = ({ smiles }: Skeleton): string => smiles ?? '?';

/**
 * The skeletons, each open one followed by its scaffolds.
 * @param open ids of skeletons
 */
export function rowsOf(tree: readonly Skeleton[], open: ReadonlySet<string>): TreeRow[] {
  return tree.flatMap((skeleton, i) => {
    const id = idOf(skeleton);
    const row = { id, skeleton, position: i + 1, siblings: tree.length };
    if (!open.has(id)) return [row];
    return [
      row,
      ...skeleton.scaffolds.map((scaffold, k) => ({
        id: `${id} ${scaffold.number}`,
        skeleton,
        scaffold,
        position: k + 1,
        siblings: skeleton.scaffolds.length,
      })),
    ];
  });
}

/** Numbers of the scaffolds that a line represents. */
export const scaffoldsOf = ({ skeleton, scaffold }: TreeRow): Set<number> =>
  new Set(scaffold === undefined ? skeleton.scaffolds.map(({ number }) => number) : [scaffold.number]);
