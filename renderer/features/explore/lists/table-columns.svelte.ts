/** @file Which columns the table of the Explore view shows and how wide they are. */
import type { Quantity } from '../quantities.ts';

const widths = { least: 56, most: 600 } as const;
/** Of a heading in two lines: pixels of a letter, and of what stands beside the text (dot, arrow, margins). */
const heading = { letter: 6.8, beside: 36, least: 78, most: 150 } as const;

/** So that two lines hold the heading. */
function firstWidth({ label, unit }: Quantity): number {
  const pieces = (unit === '' ? label : `${label}, ${unit}`).split(/ |(?<=-)/);
  const lengthOf = (line: readonly string[]): number => line.join(' ').length;
  // The longer of two lines is shortest where they break best.
  const letters = Math.min(
    ...pieces.map((_, i) => Math.max(lengthOf(pieces.slice(0, i + 1)), lengthOf(pieces.slice(i + 1)))),
  );
  return Math.min(heading.most, Math.max(heading.least, Math.round(heading.letter * letters + heading.beside)));
}

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
  width(quantity: Quantity): number {
    return this.#widths.get(quantity.key) ?? firstWidth(quantity);
  }

  resize(key: string, width: number): void {
    this.#widths = new Map(this.#widths).set(key, Math.min(widths.most, Math.max(widths.least, Math.round(width))));
  }
}
