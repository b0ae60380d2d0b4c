/** @file Short messages that come and go, read aloud by screen readers. */
export interface Toast {
  readonly key: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What can be undone, or went wrong, stays longer. */
const seconds = { info: 5, action: 15, error: 12 } as const;

export class Toasts {
  #list: Toast[] = $state.raw([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): readonly Toast[] {
    return this.#list;
  }

  info(text: string, action?: Toast['action']): void {
    this.#add({ key: this.#next++, kind: 'info', text, action });
  }

  error(text: string): void {
    this.#add({ key: this.#next++, kind: 'error', text });
  }

  /** Keeps a message while it is pointed at or has the focus. */
  hold(key: number): void {
    clearTimeout(this.#timers.get(key));
  }

  /** Gives a message that was held its time anew. */
  release(key: number): void {
    const toast = this.#list.find((one) => one.key === key);
    if (toast !== undefined) this.#time(toast);
  }

  dismiss(key: number): void {
    this.hold(key);
    this.#timers.delete(key);
    this.#list = this.#list.filter((toast) => toast.key !== key);
  }

  /** Does what the newest message that can be undone offers. @returns false where there is none */
  undoLast(): boolean {
    const last = this.#list.findLast(({ action }) => action?.label === 'Undo');
    if (last === undefined) return false;
    last.action?.run();
    this.dismiss(last.key);
    return true;
  }

  #add(toast: Toast): void {
    this.#list = [...this.#list.filter(({ text }) => text !== toast.text), toast].slice(-3);
    this.#time(toast);
  }

  #time({ key, kind, action }: Toast): void {
    this.hold(key);
    this.#timers.set(key, setTimeout(() => this.dismiss(key), seconds[action === undefined ? kind : 'action'] * 1000));
  }
}
