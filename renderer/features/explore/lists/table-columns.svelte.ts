/** @file Which columns the table of the Explore view shows and how wide they are. */
import type { Quantity } from '../quantities.ts';

const widths = { least: 56, most: 600 } as const;
/**
 * For two-line headings, in pixels: width per letter, width of the elements beside the text (dot, arrow, margins),
 * limits.
 */
const heading = { letter: 6.8, beside: 36, least: 78, most: 150 } as const;

/** Wide enough to show the heading in two lines. */
function firstWidth({ label, unit }: Quantity): number {
  const pieces = (unit === '' ? label : `${label}, ${unit}`).split(/ |(?<=-)/);
  const lengthOf = (line: readonly string[]): number => line.join(' ').length;
  // The best break makes the longer of the two lines as short as possible.
  const letters = Math.min(
    ...pieces.map((_, i) => Math.max(lengthOf(pieces.slice(0, i + 1)), lengthOf(pieces.slice(i + 1)))),
  );
  return Math.min(heading.most, Math.max(heading.least, Math.round(heading.letter * letters + heading.beside)));
}

export class TableColumns {
  #hidden: ReadonlySet<string> = $state.raw(new Set());
  #widths: ReadonlyMap<string, number> = $state.raw(new Map());

  /** @param hidden whether a quantity is hidden initially */
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
