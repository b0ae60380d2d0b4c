/** @file A page whose connection to the host a test can cut and restore, and which drops messages that a test names. */
import type { Page, WebSocketRoute } from 'playwright-core';

const banner = 'Amalgam’s engine isn’t responding.';

export class Losable {
  readonly #page: Page;
  readonly #sockets = new Set<WebSocketRoute>();
  #reachable = true;
  /** Messages to or from the host that contain any of these texts are dropped. */
  #swallowed: readonly string[] = [];

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Call before the page is opened. */
  static async on(page: Page): Promise<Losable> {
    const losable = new Losable(page);
    await page.routeWebSocket(/.*/, (socket) => losable.#route(socket));
    return losable;
  }

  async lose(): Promise<void> {
    this.#reachable = false;
    await Promise.all([...this.#sockets].map((socket) => socket.close()));
    this.#sockets.clear();
    await this.#page.getByText(banner).waitFor();
  }

  async back(): Promise<void> {
    this.mend();
    // The window may have reconnected before the button is pressed.
    await this.#page
      .getByRole('button', { name: 'Retry now' })
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await this.#page.getByText(banner).waitFor({ state: 'detached' });
  }

  /** From the window's next attempt on, everything is delivered. */
  mend(): void {
    this.#reachable = true;
    this.#swallowed = [];
  }

  swallow(...words: readonly string[]): void {
    this.#swallowed = words;
  }

  #route(socket: WebSocketRoute): void {
    if (!this.#reachable) return void socket.close();
    const server = socket.connectToServer();
    const arrives = (message: string | Buffer): boolean =>
      !this.#swallowed.some((words) => String(message).includes(words));
    socket.onMessage((message) => arrives(message) && server.send(message));
    server.onMessage((message) => arrives(message) && socket.send(message));
    this.#sockets.add(socket);
  }
}
