/**
 * @file What the interface needs of a connection to the host: the contract's two
 * primitives, and whether the host can be reached at the moment.
 */
import type { Transport } from '../../contract/api.ts';
import type { WorkspaceAction } from '../../contract/shell.ts';

type LinkStatus = 'connecting' | 'open' | 'lost';

/** The state of a link. `retryAt` is in milliseconds since the epoch. */
export interface LinkState {
  readonly status: LinkStatus;
  readonly retryAt: number | null;
}

export interface Link extends Transport {
  readonly state: LinkState;
  /**
   * Calls the listener immediately and on every change.
   * @returns a function that stops this
   */
  watch(listener: (state: LinkState) => void): () => void;
  retryNow(): void;
  /** Asks the user for another workspace and opens it; null if there is no shell. */
  readonly chooseWorkspace: ((action: WorkspaceAction) => void) | null;
}
