/**
 * @file Whether the host can be reached, as reactive state. `epoch` grows with every
 * (re)connection, so that views know when to read everything again.
 */
import type { Desktop, Link, LinkState } from '../link/link.ts';

export class Connection {
  #link: Link;
  #state: LinkState = $state.raw({ status: 'connecting', retryAt: null });
  #epoch = $state(0);

  constructor(link: Link) {
    this.#link = link;
    link.watch((state) => this.#follow(state));
  }

  /** True while the window reconnects after a loss, but not before the first connection. */
  get lost(): boolean {
    return this.#state.status === 'lost' || (this.#epoch > 0 && this.#state.status !== 'open');
  }

  get open(): boolean {
    return this.#state.status === 'open';
  }

  get retryAt(): number | null {
    return this.#state.retryAt;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** How the host ended, where that is known. */
  get cause(): string | undefined {
    return this.#state.cause;
  }

  /** Null in a browser. */
  get desktop(): Desktop | null {
    return this.#link.desktop;
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  #follow(state: LinkState): void {
    if (state.status === 'open' && this.#state.status !== 'open') this.#epoch += 1;
    this.#state = state;
  }
}
