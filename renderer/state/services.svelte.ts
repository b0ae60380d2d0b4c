/** @file Everything a view may use, made once in main.ts and found through Svelte's context. */
import { createContext } from 'svelte';
import type { Catalogue, DeviceInfo, Result } from '../../contract/api.ts';
import { type Client, createClient } from '../link/client.ts';
import type { Link } from '../link/link.ts';
import { Appearance } from './appearance.svelte.ts';
import { Connection } from './connection.svelte.ts';
import { askingConsent, ConsentDesk } from './consents.svelte.ts';
import { Depictions } from './depictions.ts';
import { DesignFiles } from './design-files.svelte.ts';
import { DragOut } from './drag-out.ts';
import { Resource } from './resource.svelte.ts';
import { Router } from './router.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Tour } from './tour.svelte.ts';

export class Services {
  readonly client: Client;
  readonly connection: Connection;
  readonly router: Router;
  readonly appearance: Appearance;
  readonly tour: Tour;
  readonly toasts = new Toasts();
  readonly consents = new ConsentDesk();
  readonly depictions: Depictions;
  readonly dragOut: DragOut;
  readonly designFiles = new DesignFiles();
  readonly info: Resource<Result<'app.info'>>;
  readonly catalogue: Resource<Catalogue>;
  readonly devices: Resource<DeviceInfo[]>;

  constructor(link: Link, window: Window) {
    this.client = askingConsent(
      createClient(link, (error) => this.toasts.error(error.message)),
      this.consents,
    );
    this.connection = new Connection(link);
    this.router = new Router(window);
    this.tour = new Tour(this.router, window.localStorage);
    this.appearance = new Appearance(window);
    this.depictions = new Depictions(this.client);
    this.dragOut = new DragOut(this.client);
    this.info = new Resource(() => this.client.invoke('app.info', {}));
    this.catalogue = new Resource(() => this.client.invoke('catalogue.get', {}));
    this.devices = new Resource(() => this.client.invoke('app.devices', {}));
  }

  /** Runs a user's action. A failure becomes a message instead of an unhandled rejection. */
  async attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.toasts.error(`${what} ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * @param done message on success
   * @param instead what the user can do if the clipboard is not accessible
   */
  async copy(text: string, done: string, instead: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.info(done);
    } catch {
      this.toasts.error(`This window can’t use the clipboard. ${instead}`);
    }
  }
}

export const [getServices, setServices] = createContext<Services>();
