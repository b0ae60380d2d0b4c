/**
 * @file What the interface needs of a connection to the host: the contract's two
 * primitives, and whether the host can be reached at the moment.
 */
import type { Transport } from '../../contract/api.ts';
import type { WorkspaceAction } from '../../contract/shell.ts';

export type LinkStatus = 'connecting' | 'open' | 'lost';

/** What a link says about itself; `retryAt` is in milliseconds since the epoch. */
export interface LinkState {
  readonly status: LinkStatus;
  readonly retryAt: number | null;
}

export interface Link extends Transport {
  readonly state: LinkState;
  /** Calls the listener at once and on every change. @returns a function that ends it */
  watch(listener: (state: LinkState) => void): () => void;
  retryNow(): void;
  /** Asks the user for another workspace and opens it; null where no shell can. */
  readonly chooseWorkspace: ((action: WorkspaceAction) => void) | null;
}
