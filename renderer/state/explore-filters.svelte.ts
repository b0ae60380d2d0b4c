/** @file What the Explore view lets through: ranges, text, sources, stars, and masks that panels supply. */
import type { Client } from '../client.ts';
import { keepBoth, keepInside, maskOf, type Range } from '../lib/explore/order.ts';
import type { Quantity } from '../lib/explore/quantities.ts';
import { bytesOf, type Table } from '../lib/explore/table.ts';
import type { Stars } from './explore-stars.svelte.ts';

/** What filters look at. */
export interface Filtered {
  readonly table: Table;
  readonly stars: Stars;
  quantity(key: string): Quantity | undefined;
}

/** A filter of a panel's own. */
export interface ExternalFilter {
  /** In words, for the list of what filters: "has a pyridine". */
  readonly label: string;
  /** 1 for what passes, by number; candidates beyond its end do not pass. */
  readonly mask: Uint8Array;
}

/** A filter that is at work, with how to end it. */
export interface ActiveFilter {
  readonly key: string;
  readonly label: string;
  readonly range?: Range;
  readonly quantity?: Quantity;
  readonly clear: () => void;
}

export class Filters {
  #of: Filtered;
  #ranges: ReadonlyMap<string, Range> = $state.raw(new Map());
  #externals: ReadonlyMap<string, ExternalFilter> = $state.raw(new Map());
  #sources: ReadonlySet<number> | undefined = $state.raw();
  #text = $state('');
  #feasible = $state(false);
  #starred = $state(false);
  #mask: Uint8Array = $derived.by(() => this.#make());
  #active: readonly ActiveFilter[] = $derived.by(() => this.#list());

  constructor(of: Filtered) {
    this.#of = of;
  }

  /** 1 for what passes every filter, by number. */
  get mask(): Uint8Array {
    return this.#mask;
  }

  get active(): readonly ActiveFilter[] {
    return this.#active;
  }

  /** What sequences are to hold; the view asks the host for it and sets the external filter "text". */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
  }

  /** Only what keeps every hard limit. */
  get feasible(): boolean {
    return this.#feasible;
  }

  set feasible(only: boolean) {
    this.#feasible = only;
  }

  get starred(): boolean {
    return this.#starred;
  }

  set starred(only: boolean) {
    this.#starred = only;
  }

  /** Which sources pass; undefined for all. */
  get sources(): ReadonlySet<number> | undefined {
    return this.#sources;
  }

  set sources(sources: ReadonlySet<number> | undefined) {
    this.#sources = sources;
  }

  range(key: string): Range | undefined {
    return this.#ranges.get(key);
  }

  /** @param range undefined ends the filter */
  setRange(key: string, range: Range | undefined): void {
    this.#ranges = changed(this.#ranges, key, range);
  }

  external(key: string): ExternalFilter | undefined {
    return this.#externals.get(key);
  }

  /** @param filter undefined ends it */
  setExternal(key: string, filter: ExternalFilter | undefined): void {
    if (key === 'text' && filter === undefined) this.#text = '';
    this.#externals = changed(this.#externals, key, filter);
  }

  /** @returns sets every filter as it was */
  clear(): () => void {
    const [ranges, externals, text, sources, feasible, starred] = [this.#ranges, this.#externals, this.#text, this.#sources, this.#feasible, this.#starred];
    this.#ranges = new Map();
    this.#externals = new Map();
    this.#text = '';
    this.#sources = undefined;
    this.#feasible = false;
    this.#starred = false;
    return () => {
      this.#ranges = ranges;
      this.#externals = externals;
      this.#text = text;
      this.#sources = sources;
      this.#feasible = feasible;
      this.#starred = starred;
    };
  }

  #make(): Uint8Array {
    const { table, stars } = this.#of;
    const mask = new Uint8Array(table.count).fill(1);
    for (const [key, range] of this.#ranges) {
      const quantity = this.#of.quantity(key);
      if (quantity !== undefined) keepInside(mask, quantity.values, range);
    }
    for (const { mask: other } of this.#externals.values()) keepBoth(mask, other);
    if (this.#feasible) keepBoth(mask, table.feasible);
    if (this.#starred) keepBoth(mask, maskOf(stars.numbers, table.count));
    if (this.#sources !== undefined) keepSources(mask, table.source, this.#sources);
    return mask;
  }

  #list(): ActiveFilter[] {
    const ranges = [...this.#ranges].flatMap(([key, range]) => {
      const quantity = this.#of.quantity(key);
      return quantity === undefined ? [] : [{ key, label: quantity.label, range, quantity, clear: () => this.setRange(key, undefined) }];
    });
    const externals = [...this.#externals].map(([key, { label }]) => ({ key: `external:${key}`, label, clear: () => this.setExternal(key, undefined) }));
    const flags = [
      { key: 'feasible', label: 'Keeps all limits', on: this.#feasible, clear: () => (this.#feasible = false) },
      { key: 'starred', label: 'Starred', on: this.#starred, clear: () => (this.#starred = false) },
      { key: 'sources', label: 'Made by', on: this.#sources !== undefined, clear: () => (this.#sources = undefined) },
    ];
    return [...ranges, ...externals, ...flags.filter(({ on }) => on).map(({ key, label, clear }) => ({ key, label, clear: () => void clear() }))];
  }
}

function changed<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

function keepSources(mask: Uint8Array, source: Int32Array, wanted: ReadonlySet<number>): void {
  for (let i = 0; i < mask.length; i++) if (!wanted.has(source[i])) mask[i] = 0;
}

/** Which candidates hold the text, asked of the host, as a filter. */
export async function textFilter(client: Client, runId: number, text: string, count: number): Promise<ExternalFilter> {
  const { numbers } = await client.invoke('explore.find', { runId, text });
  return { label: `Contains “${text}”`, mask: maskOf(new Int32Array(bytesOf(numbers)).filter((number) => number < count), count) };
}
