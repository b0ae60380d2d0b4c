/** @file Which columns the table of the Explore view shows and how wide they are. */
import type { Quantity } from '../lib/explore/quantities.ts';

const firstWidth = 104;
const widths = { least: 56, most: 600 } as const;

export class TableColumns {
  #hidden: ReadonlySet<string> = $state.raw(new Set());
  #widths: ReadonlyMap<string, number> = $state.raw(new Map());

  /** @param hidden whether a quantity is left out at first */
  constructor(quantities: readonly Quantity[], hidden: (quantity: Quantity) => boolean) {
    this.#hidden = new Set(quantities.filter(hidden).map(({ key }) => key));
  }

  shown(quantities: readonly Quantity[]): Quantity[] {
    return quantities.filter(({ key }) => !this.#hidden.has(key));
  }

  has(key: string): boolean {
    return !this.#hidden.has(key);
  }

  toggle(key: string, on: boolean): void {
    this.#hidden = new Set([...[...this.#hidden].filter((known) => known !== key), ...(on ? [] : [key])]);
  }

  /** In pixels. */
  width(key: string): number {
    return this.#widths.get(key) ?? firstWidth;
  }

  resize(key: string, width: number): void {
    this.#widths = new Map(this.#widths).set(key, Math.min(widths.most, Math.max(widths.least, Math.round(width))));
  }
}
