/** @file A range of a sequence, selected by mouse or keyboard: an anchor and a moving end. */

/** Positions from 0, end excluded. */
export interface BaseRange {
  readonly from: number;
  readonly to: number;
}

/** Number of bases that each arrow key moves, for a given row length. */
const steps = (rowLength: number): Readonly<Record<string, number>> => ({
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -rowLength,
  ArrowDown: rowLength,
  Home: -Infinity,
  End: Infinity,
});

export class BaseSelection {
  #length = $state(0);
  #anchor: number | undefined = $state();
  #focus = $state(0);
  #range: BaseRange | undefined = $derived.by(() =>
    this.#anchor === undefined
      ? undefined
      : { from: Math.min(this.#anchor, this.#focus), to: Math.max(this.#anchor, this.#focus) + 1 },
  );

  constructor(length: number) {
    this.#length = length;
  }

  /** undefined if nothing is selected. */
  get range(): BaseRange | undefined {
    return this.#range;
  }

  /** Clears the selection for a new sequence. */
  reset(length: number): void {
    this.#length = length;
    this.clear();
  }

  begin(at: number): void {
    this.#anchor = this.#inside(at);
    this.#focus = this.#anchor;
  }

  extend(at: number): void {
    if (this.#anchor === undefined) this.begin(at);
    else this.#focus = this.#inside(at);
  }

  set({ from, to }: BaseRange): void {
    this.begin(Math.min(from, to - 1));
    this.extend(Math.max(from, to - 1));
  }

  clear(): void {
    this.#anchor = undefined;
    this.#focus = 0;
  }

  /**
   * Arrow keys, Home and End move to a single base; with Shift, they move the end of the selection. Ctrl+A selects
   * everything; Escape clears the selection.
   * @returns whether the key was handled
   */
  key(
    { key, shiftKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
    rowLength: number,
  ): boolean {
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') {
      this.set({ from: 0, to: this.#length });
      return true;
    }
    if (key === 'Escape' && this.#anchor !== undefined) {
      this.clear();
      return true;
    }
    const by = steps(rowLength)[key];
    if (by === undefined || ctrlKey || metaKey) return false;
    const at = this.#anchor === undefined ? (by > 0 && by !== Infinity ? 0 : this.#focus + by) : this.#focus + by;
    if (shiftKey) this.extend(at);
    else this.begin(at);
    return true;
  }

  #inside(at: number): number {
    return Math.max(0, Math.min(this.#length - 1, at));
  }
}
