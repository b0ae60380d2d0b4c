/** @file Names of the scaffolds of a run's candidates, read as needed, and the open part of the tree. */
import type { ScaffoldNames } from '../../../../contract/api.ts';
import type { Client } from '../../../link/client.ts';
import { Task } from '../../../state/task.svelte.ts';
import type { ExternalFilter } from '../filters/filters.svelte.ts';
import type { Table } from '../table.ts';
import { groupsOf, rowsOf, scaffoldsOf, treeOf, type TreeOrder, type TreeRow } from './scaffold-tree.ts';

export interface ScaffoldSource {
  readonly runId: number;
  readonly table: Table;
  readonly shown: Int32Array;
  /** By number; NaN where missing. */
  readonly totals: Float32Array;
  readonly filters: { setExternal(key: string, filter: ExternalFilter | undefined): void };
}

/** Scaffolds per request, which takes under a second. */
const batch = 500;

export class SpaceScaffolds {
  readonly task = new Task();
  #client: Client;
  #of: ScaffoldSource;
  #names: ReadonlyMap<number, ScaffoldNames> = $state.raw(new Map());
  #unreadable: ReadonlySet<number> = $state.raw(new Set());
  #order: TreeOrder = $state('size');
  #open: ReadonlySet<string> = $state.raw(new Set());
  #groups = $derived.by(() => groupsOf(this.#of.shown, this.#of.table.scaffold, this.#of.totals));
  #tree = $derived.by(() => treeOf(this.#groups, this.#names, this.#of.totals, this.#order));
  #rows: readonly TreeRow[] = $derived.by(() => rowsOf(this.#tree, this.#open));

  constructor(client: Client, of: ScaffoldSource) {
    this.#client = client;
    this.#of = of;
  }

  /** The visible lines of the tree. */
  get rows(): readonly TreeRow[] {
    return this.#rows;
  }

  get skeletons(): number {
    return this.#tree.length;
  }

  /** Number of scaffolds among the candidates that pass the filters. */
  get scaffolds(): number {
    return this.#groups.size;
  }

  /** Number of those scaffolds that are missing from the tree because their names are not read yet. */
  get unnamed(): number {
    return [...this.#groups.keys()].reduce(
      (sum, scaffold) => sum + Number(scaffold >= 0 && !this.#names.has(scaffold) && !this.#unreadable.has(scaffold)),
      0,
    );
  }

  get order(): TreeOrder {
    return this.#order;
  }

  set order(order: TreeOrder) {
    this.#order = order;
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  setOpen(id: string, open: boolean): void {
    const ids = new Set(this.#open);
    if (open) ids.add(id);
    else ids.delete(id);
    this.#open = ids;
  }

  /** Reads the names that are not known yet, those with most candidates first. */
  async read(): Promise<void> {
    const { runId, table } = this.#of;
    const wanted = firstOfEach(table.scaffold).filter(
      ([scaffold]) => !this.#names.has(scaffold) && !this.#unreadable.has(scaffold),
    );
    if (wanted.length === 0) return;
    await this.task.run(async (signal) => {
      for (let at = 0; at < wanted.length; at += batch) {
        this.task.step('Computing scaffolds', at / wanted.length);
        const part = wanted.slice(at, at + batch);
        const { scaffolds } = await this.#client.invoke('space.scaffolds', {
          runId,
          numbers: part.map(([, number]) => number),
        });
        this.#take(
          part.map(([scaffold]) => scaffold),
          scaffolds,
        );
        signal.throwIfAborted();
      }
    });
  }

  /** Candidates of a line that pass the filters. */
  members(row: TreeRow): Int32Array {
    const wanted = scaffoldsOf(row);
    return this.#of.shown.filter((number) => wanted.has(this.#of.table.scaffold[number]));
  }

  /** Lets only the candidates of a line through. */
  filter(row: TreeRow): void {
    const wanted = scaffoldsOf(row);
    const smiles = row.scaffold?.smiles ?? row.skeleton.smiles;
    const label =
      smiles === ''
        ? 'No rings'
        : `${row.scaffold === undefined ? 'Skeleton' : 'Scaffold'} ${smiles ?? 'of too many bonds'}`;
    this.#of.filters.setExternal('scaffold', {
      label,
      mask: Uint8Array.from(this.#of.table.scaffold, (scaffold) => Number(wanted.has(scaffold))),
    });
  }

  #take(numbers: readonly number[], names: readonly (ScaffoldNames | null)[]): void {
    const known = new Map(this.#names);
    names.forEach((name, i) => {
      if (name !== null) known.set(numbers[i], name);
    });
    this.#names = known;
    this.#unreadable = new Set([...this.#unreadable, ...numbers.filter((_, i) => names[i] === null)]);
  }
}

/** Number of each scaffold and of its first candidate, most frequent scaffolds first. */
function firstOfEach(scaffolds: Int32Array): [number, number][] {
  const counts = new Map<number, { first: number; size: number }>();
  scaffolds.forEach((scaffold, number) => {
    const known = counts.get(scaffold);
    if (known !== undefined) known.size++;
    else if (scaffold >= 0) counts.set(scaffold, { first: number, size: 1 });
  });
  return [...counts]
    .sort(([, a], [, b]) => b.size - a.size || a.first - b.first)
    .map(([scaffold, { first }]) => [scaffold, first]);
}
