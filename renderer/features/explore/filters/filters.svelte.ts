/** @file The filters of the Explore view: ranges, text, sources, stars, and masks that panels supply. */
import { bytesOf } from '../../../lib/base64.ts';
import { raw } from '../../../lib/format.ts';
import type { Client } from '../../../link/client.ts';
import { keepBoth, keepInside, maskOf, type Range } from '../order.ts';
import type { Quantity } from '../quantities.ts';
import type { Stars } from '../stars.svelte.ts';
import type { Table } from '../table.ts';

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
  /** Tells the panel that its filter, which had ended, is active again. */
  readonly resume?: () => void;
}

/** A filter that is at work. */
export interface ActiveFilter {
  readonly key: string;
  /** What passes: "QED 0.70 to 0.95". */
  readonly words: string;
  /** The same text where the same passes. */
  readonly state: string;
  /** Ends it. */
  readonly clear: () => void;
  /** Sets it as it stands here, whatever became of it. */
  readonly restore: () => void;
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

  clear(): void {
    this.#ranges = new Map();
    this.#externals = new Map();
    this.#text = '';
    this.#sources = undefined;
    this.#feasible = false;
    this.#starred = false;
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
      return quantity === undefined ? [] : [this.#activeRange(key, range, quantity)];
    });
    const externals = [...this.#externals].map(([key, filter]) => this.#activeExternal(key, filter));
    const sources = this.#sources;
    const flags = [
      {
        key: 'feasible',
        words: 'Meets all limits',
        on: this.#feasible,
        state: '',
        set: (on: boolean) => (this.#feasible = on),
      },
      { key: 'starred', words: 'Starred', on: this.#starred, state: '', set: (on: boolean) => (this.#starred = on) },
      {
        key: 'sources',
        words: 'Source',
        on: sources !== undefined,
        state: [...(sources ?? [])].join(),
        set: (on: boolean) => (this.#sources = on ? sources : undefined),
      },
    ];
    return [
      ...ranges,
      ...externals,
      ...flags
        .filter(({ on }) => on)
        .map(({ key, words, state, set }) => ({
          key,
          words,
          state,
          clear: () => void set(false),
          restore: () => void set(true),
        })),
    ];
  }

  #activeRange(key: string, range: Range, { label, unit, resume }: Quantity): ActiveFilter {
    const restore = (): void => {
      resume?.();
      this.setRange(key, range);
    };
    return {
      key,
      words: `${label} ${raw(range.low)} to ${raw(range.high, unit)}`,
      state: `${label} ${range.low} ${range.high}`,
      clear: () => this.setRange(key, undefined),
      restore,
    };
  }

  #activeExternal(key: string, filter: ExternalFilter): ActiveFilter {
    const restore = (): void => {
      this.setExternal(key, filter);
      filter.resume?.();
    };
    return {
      key: `external:${key}`,
      words: filter.label,
      state: filter.label,
      clear: () => this.setExternal(key, undefined),
      restore,
    };
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

/**
 * Which candidates hold the filters' text, asked of the host; nothing is filtered by a text that has changed
 * meanwhile.
 */
export async function filterByText(client: Client, runId: number, filters: Filters, count: number): Promise<void> {
  const text = filters.text.trim();
  if (text === '') {
    if (filters.external('text') !== undefined) filters.setExternal('text', undefined);
    return;
  }
  const { numbers } = await client.invoke('explore.find', { runId, text });
  if (filters.text.trim() !== text) return;
  const mask = maskOf(
    new Int32Array(bytesOf(numbers)).filter((number) => number < count),
    count,
  );
  filters.setExternal('text', { label: `Contains “${text}”`, mask, resume: () => (filters.text = text) });
}
