/**
 * @file What the desktop shell adds between interface and host: a bridge in the window that passes messages on, and the
 * few messages that the shell answers itself.
 */
import { z } from 'zod';
import type { WireError } from './wire.ts';

/** An error would lose its class and code on the way into a window, so an answer is a value. */
export type Outcome = { ok: true; value: unknown } | { ok: false; error: WireError };

/** The preload script puts it into the window as `amalgam`. */
export interface ShellBridge {
  invoke(method: string, params: unknown): Promise<Outcome>;
  /** @returns a function that ends the subscription */
  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void;
}

/** Topic: whether the host can be reached. The first event follows at once. */
export const hostTopic = 'shell.host';

/** Method: starts a lost host without waiting for the next attempt. */
export const retryMethod = 'shell.retry';

/** What only the shell can do: ask the user for a workspace, and start the host with it. */
export const workspaceActions = ['open', 'new'] as const;
export type WorkspaceAction = (typeof workspaceActions)[number];

/** Method of an action. It is answered at once, whatever the user decides. */
export const workspaceMethod = (action: WorkspaceAction): string => `shell.workspace.${action}`;

/**
 * `retryAt` in milliseconds since the epoch; null if the shell waits for the user. `cause` says how the host ended, if
 * it ended by itself.
 */
export const hostState = z.object({
  status: z.enum(['connecting', 'open', 'lost']),
  retryAt: z.number().nullable(),
  cause: z.string().optional(),
});
export type HostState = z.infer<typeof hostState>;

/** Topic: what the menu, or a file that the user opened from the desktop, asks of the page. */
export const commandTopic = 'shell.command';

export const shellCommand = z.discriminatedUnion('command', [
  z.object({ command: z.enum(['new-design', 'find', 'export', 'settings', 'guide', 'notices']) }),
  /** Adds the design of a file. */
  z.object({ command: z.literal('design-file'), fileName: z.string(), text: z.string() }),
]);
export type ShellCommand = z.infer<typeof shellCommand>;

/** Method: what the user wants of the desktop. */
export const settingsMethod = 'shell.settings';
/** Method: changes some of it; the answer has all. */
export const changeSettingsMethod = 'shell.settings.change';

export const desktopSettings = z.object({
  /** Prevents sleep while a run trains. */
  stayAwake: z.boolean(),
  /** Notifies at the end of a run if the window is not in front. */
  notify: z.boolean(),
});
export type DesktopSettings = z.infer<typeof desktopSettings>;
