/** @file Rows of a long single-column list: which are visible, which one is active, and where the keys lead. */
import { tick } from 'svelte';
import { gridView, moveTo } from '../../../lib/window.ts';

export class RowWindow {
  readonly rowHeight: number;
  readonly headHeight: number;
  #count: () => number;
  #top = $state(0);
  #visible = $state(0);
  #active = $state(0);
  #view = $derived.by(() =>
    gridView(
      { count: this.#count(), width: 1, minCell: 1, rowHeight: this.rowHeight, gap: 0 },
      this.#top,
      this.#visible,
    ),
  );

  /**
   * @param count current number of rows
   * @param headHeight pixels of the fixed content above the rows
   */
  constructor(count: () => number, rowHeight: number, headHeight = 0) {
    this.#count = count;
    this.rowHeight = rowHeight;
    this.headHeight = headHeight;
  }

  /** Scroll position in pixels. */
  set top(pixels: number) {
    this.#top = pixels;
  }

  get visible(): number {
    return this.#visible;
  }

  /** Height of the scroll container in pixels. */
  set visible(pixels: number) {
    this.#visible = pixels;
  }

  /** Index of the row that the keyboard controls. */
  get active(): number {
    return this.#active;
  }

  set active(index: number) {
    this.#active = index;
  }

  /** Height of all rows. */
  get height(): number {
    return this.#view.height;
  }

  get first(): number {
    return this.#view.first;
  }

  /** Inclusive; less than `first` if there are no rows. */
  get last(): number {
    return this.#view.last;
  }

  get indices(): number[] {
    return Array.from({ length: Math.max(0, this.last - this.first + 1) }, (_, i) => this.first + i);
  }

  /** The row that the Tab key reaches. */
  get reachable(): number {
    return Math.min(Math.max(this.#active, this.first), this.last);
  }

  /** The row that a key leads to from the active row; null for keys that do not move vertically. */
  toward(key: string): number | null {
    const count = this.#count();
    const page = Math.max(1, Math.floor((this.#visible - this.headHeight) / this.rowHeight) - 1);
    if (key === 'PageDown') return Math.min(count - 1, this.#active + page);
    if (key === 'PageUp') return Math.max(0, this.#active - page);
    return key === 'ArrowLeft' || key === 'ArrowRight' ? null : moveTo(key, this.#active, 1, count);
  }

  /** Makes a row active, scrolls it into view and focuses it. */
  async go(index: number, scroller: HTMLElement | undefined): Promise<void> {
    this.#active = index;
    if (scroller === undefined) return;
    const y = index * this.rowHeight;
    const below = y + this.rowHeight + this.headHeight - this.#visible;
    if (y < scroller.scrollTop) scroller.scrollTop = y;
    else if (below > scroller.scrollTop) scroller.scrollTop = below;
    this.#top = scroller.scrollTop;
    await tick();
    scroller.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }
}
