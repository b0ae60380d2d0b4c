/** @file Short messages that come and go, read aloud by screen readers. */
export interface Toast {
  readonly key: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** A message replaces the one about the same. */
  readonly about?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What can be undone, or went wrong, stays longer. */
const seconds = { info: 5, action: 15, error: 12 } as const;

/** An action that can be undone. */
interface Undoable {
  readonly run: () => void;
  /** Of the message that offers it. */
  readonly key: number;
  /** Whether it can still be undone after its message has disappeared. */
  readonly lasting: boolean;
}

export class Toasts {
  #list: Toast[] = $state.raw([]);
  #undoable: readonly Undoable[] = [];
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

  /**
   * Registers an undo action that Ctrl+Z runs in its turn, even after the message has disappeared.
   * @param message undefined for none; it replaces an older message about the same subject
   * @returns a function that removes the undo action
   */
  undoable(run: () => void, message?: { readonly text: string; readonly about: string }): () => void {
    const key = this.#next++;
    this.#undoable = [...this.#undoable, { run, key, lasting: true }];
    if (message !== undefined) this.#add({ ...message, key, kind: 'info', action: { label: 'Undo', run } });
    return () => this.#forget((one) => one.key === key);
  }

  /** Keeps a message while it is hovered or focused. */
  hold(key: number): void {
    clearTimeout(this.#timers.get(key));
  }

  /** Restarts the timer of a held message. */
  release(key: number): void {
    const toast = this.#list.find((one) => one.key === key);
    if (toast !== undefined) this.#time(toast);
  }

  dismiss(key: number): void {
    this.hold(key);
    this.#timers.delete(key);
    this.#list = this.#list.filter((toast) => toast.key !== key);
    this.#forget((one) => one.key === key && !one.lasting);
  }

  /** Runs the action of a message once. */
  act({ key, action }: Toast): void {
    this.#forget((one) => one.key === key);
    this.dismiss(key);
    action?.run();
  }

  /**
   * Undoes the last undoable action.
   * @returns false if there is none
   */
  undoLast(): boolean {
    const last = this.#undoable.at(-1);
    if (last === undefined) return false;
    this.#forget((one) => one === last);
    this.dismiss(last.key);
    last.run();
    return true;
  }

  #add(toast: Toast): void {
    const { key, text, about, action } = toast;
    const others = this.#list.filter((one) => one.text !== text && (about === undefined || one.about !== about));
    const list = [...others, toast].slice(-3);
    this.#list.filter((one) => !list.includes(one)).forEach((one) => this.dismiss(one.key));
    this.#list = list;
    if (action?.label === 'Undo' && !this.#undoable.some((one) => one.key === key))
      this.#undoable = [...this.#undoable, { run: action.run, key, lasting: false }];
    this.#time(toast);
  }

  #forget(which: (one: Undoable) => boolean): void {
    this.#undoable = this.#undoable.filter((one) => !which(one));
  }

  #time({ key, kind, action }: Toast): void {
    this.hold(key);
    this.#timers.set(
      key,
      setTimeout(() => this.dismiss(key), seconds[action === undefined ? kind : 'action'] * 1000),
    );
  }
}
