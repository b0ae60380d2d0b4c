/** @file Which panels stand side by side in the Explore view; kept on this computer. */
const storageKey = 'amalgam.explore.panels';
/** More would each be too narrow to read. */
export const mostPanels = 3;

export class PanelLayout {
  #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #panels: readonly string[] = $state.raw([]);

  /** @param first ids of the panels where nothing is remembered */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, known: readonly string[], first: readonly string[]) {
    this.#storage = storage;
    const remembered = (storage.getItem(storageKey) ?? '').split(',').filter((id) => known.includes(id));
    this.#panels = remembered.length > 0 ? remembered.slice(0, mostPanels) : first;
  }

  get panels(): readonly string[] {
    return this.#panels;
  }

  replace(at: number, id: string): void {
    this.#keep(this.#panels.map((panel, i) => (i === at ? id : panel)));
  }

  add(id: string): void {
    if (this.#panels.length < mostPanels) this.#keep([...this.#panels, id]);
  }

  /** The last one stays. */
  remove(at: number): void {
    if (this.#panels.length > 1) this.#keep(this.#panels.filter((_, i) => i !== at));
  }

  #keep(panels: readonly string[]): void {
    this.#panels = panels;
    this.#storage.setItem(storageKey, panels.join(','));
  }
}
