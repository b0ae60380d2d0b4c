/**
 * @file What the interface needs of a connection to the host: the contract's two
 * primitives, and whether the host can be reached at the moment.
 */
import type { Transport } from '../../contract/api.ts';
import type { DesktopSettings, ShellCommand, WorkspaceAction } from '../../contract/shell.ts';

type LinkStatus = 'connecting' | 'open' | 'lost';

/** The state of a link. `retryAt` is in milliseconds since the epoch. */
export interface LinkState {
  readonly status: LinkStatus;
  readonly retryAt: number | null;
  /** How the host ended, where that is known. */
  readonly cause?: string;
}

/** What only the desktop shell can do. */
export interface Desktop {
  /** Asks the user for another workspace and opens it. */
  chooseWorkspace(action: WorkspaceAction): void;
  /** @param listener what the menu or an opened file asks of the page */
  onCommand(listener: (command: ShellCommand) => void): void;
  settings(): Promise<DesktopSettings>;
  change(settings: Partial<DesktopSettings>): Promise<DesktopSettings>;
}

export interface Link extends Transport {
  readonly state: LinkState;
  /**
   * Calls the listener immediately and on every change.
   * @returns a function that stops this
   */
  watch(listener: (state: LinkState) => void): () => void;
  retryNow(): void;
  /** Null in a browser. */
  readonly desktop: Desktop | null;
}
