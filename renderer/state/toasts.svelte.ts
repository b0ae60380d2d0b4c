/** @file Short messages that come and go, read aloud by screen readers. */
export interface Toast {
  readonly key: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const seconds = { info: 5, error: 12 } as const;

export class Toasts {
  #list: Toast[] = $state.raw([]);
  #next = 1;

  get list(): readonly Toast[] {
    return this.#list;
  }

  info(text: string, action?: Toast['action']): void {
    this.#add({ key: this.#next++, kind: 'info', text, action });
  }

  error(text: string): void {
    this.#add({ key: this.#next++, kind: 'error', text });
  }

  dismiss(key: number): void {
    this.#list = this.#list.filter((toast) => toast.key !== key);
  }

  #add(toast: Toast): void {
    this.#list = [...this.#list.filter(({ text }) => text !== toast.text), toast].slice(-3);
    setTimeout(() => this.dismiss(toast.key), seconds[toast.kind] * 1000);
  }
}
