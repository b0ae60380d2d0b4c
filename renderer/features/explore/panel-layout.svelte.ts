/** @file Which panels are open side by side in the Explore view. The choice is stored on this computer. */
const storageKey = 'amalgam.explore.panels';
/** More panels would be too narrow to read. */
export const mostPanels = 3;

export class PanelLayout {
  #storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** The panels shown. The stored choice may differ, if this run does not have one of its panels. */
  #panels: readonly string[] = $state.raw([]);
  /** The last choice, for any run. */
  #stored: readonly string[];

  /**
   * @param known ids of the panels that the run has
   * @param first the default panels, if no choice is stored or none can be shown
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

  /** Removes a panel, except the last one. */
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

/**
 * Replaces a stored panel that the run does not have by the default one of that position, or by another one that is not
 * shown yet.
 */
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
