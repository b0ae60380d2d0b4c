/** @file Which panels stand side by side in the Explore view; kept on this computer. */
const storageKey = 'amalgam.explore.panels';
/** More would each be too narrow to read. */
export const mostPanels = 3;

export class PanelLayout {
  #storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Shown in their places; what is stored there may be another one, which this run has not. */
  #panels: readonly string[] = $state.raw([]);
  /** As chosen last, for any run. */
  #stored: readonly string[];

  /**
   * @param known ids of the panels that the run has
   * @param first the usual ones, where nothing is remembered or can be shown
   */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, known: readonly string[], first: readonly string[]) {
    this.#storage = storage;
    const remembered = (storage.getItem(storageKey) ?? '')
      .split(',')
      .filter((id) => id !== '')
      .slice(0, mostPanels);
    this.#stored = remembered.length > 0 ? remembered : first;
    this.#panels = shown(this.#stored, known, first);
  }

  get panels(): readonly string[] {
    return this.#panels;
  }

  replace(at: number, id: string): void {
    const put = (panels: readonly string[]): string[] => panels.map((panel, i) => (i === at ? id : panel));
    this.#keep(put(this.#panels), put(this.#stored));
  }

  add(id: string): void {
    if (this.#panels.length < mostPanels) this.#keep([...this.#panels, id], [...this.#stored, id]);
  }

  /** The last one stays. */
  remove(at: number): void {
    const without = (panels: readonly string[]): string[] => panels.filter((_, i) => i !== at);
    if (this.#panels.length > 1) this.#keep(without(this.#panels), without(this.#stored));
  }

  #keep(panels: readonly string[], stored: readonly string[]): void {
    this.#panels = panels;
    this.#stored = stored;
    this.#storage.setItem(storageKey, stored.join(','));
  }
}

/** In the place of what a run has not stands the usual one of that place, or another that does not stand there yet. */
function shown(stored: readonly string[], known: readonly string[], first: readonly string[]): string[] {
  const panels: string[] = [];
  for (const [at, id] of stored.entries()) {
    const free = (one: string): boolean => !panels.includes(one) && !stored.includes(one);
    panels.push(
      known.includes(id)
        ? id
        : ([first[at], ...first, ...known].find((one) => one !== undefined && free(one)) ?? known[0]),
    );
  }
  return panels;
}
