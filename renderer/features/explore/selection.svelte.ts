/** @file Which candidates are selected: one bitmap by number, shared by all panels. */
import { numbersOf } from './order.ts';

/** What a selection is made from. */
export interface Selectable {
  readonly count: number;
  /** Numbers in sight, in order. */
  readonly shown: Int32Array;
}

export class Selection {
  #in: Selectable;
  #mask: Uint8Array = $state.raw(new Uint8Array());
  /** The start of a range that Shift extends. */
  #anchor: number | undefined;
  #count: number = $derived.by(() => this.#mask.reduce((sum, bit) => sum + bit, 0));
  #hidden: number = $derived.by(
    () => this.#count - this.#in.shown.reduce((sum, number) => sum + (this.#mask[number] ?? 0), 0),
  );

  constructor(of: Selectable) {
    this.#in = of;
  }

  /** 1 if selected, by number. It may end before the last candidate. */
  get mask(): Uint8Array {
    return this.#mask;
  }

  get count(): number {
    return this.#count;
  }

  /** Number of selected candidates that the filters hide. */
  get hidden(): number {
    return this.#hidden;
  }

  has(number: number): boolean {
    return this.#mask[number] === 1;
  }

  /** Ascending. */
  numbers(): number[] {
    return numbersOf(this.#mask);
  }

  replace(numbers: Iterable<number>): void {
    this.#mask = this.#filled(new Uint8Array(this.#in.count), numbers, 1);
  }

  add(numbers: Iterable<number>): void {
    this.#mask = this.#filled(this.#copy(), numbers, 1);
  }

  remove(numbers: Iterable<number>): void {
    this.#mask = this.#filled(this.#copy(), numbers, 0);
  }

  toggle(number: number): void {
    this.#anchor = number;
    if (this.has(number)) this.remove([number]);
    else this.add([number]);
  }

  /** Adds the candidates between the last toggled one and this one in the current order. */
  addRange(number: number): void {
    const { shown } = this.#in;
    const from = this.#anchor === undefined ? -1 : shown.indexOf(this.#anchor);
    const to = shown.indexOf(number);
    if (from < 0 || to < 0) return this.toggle(number);
    this.add(shown.subarray(Math.min(from, to), Math.max(from, to) + 1));
  }

  all(): void {
    this.replace(this.#in.shown);
  }

  /** Inverts the selection of the shown candidates. Hidden ones are unchanged. */
  invert(): void {
    const mask = this.#copy();
    for (const number of this.#in.shown) mask[number] = 1 - mask[number];
    this.#mask = mask;
  }

  clear(): void {
    this.#mask = new Uint8Array();
  }

  #copy(): Uint8Array {
    const mask = new Uint8Array(this.#in.count);
    mask.set(this.#mask.subarray(0, this.#in.count));
    return mask;
  }

  #filled(mask: Uint8Array, numbers: Iterable<number>, bit: 0 | 1): Uint8Array {
    for (const number of numbers) mask[number] = bit;
    return mask;
  }
}
