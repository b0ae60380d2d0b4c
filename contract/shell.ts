/**
 * @file What the desktop shell adds between interface and host: a bridge in the window
 * that passes messages, and the few messages that the shell answers itself.
 */
import { z } from 'zod';
import type { WireError } from './wire.ts';

/** Errors lose their class and their code on the way into a window, so an answer is a value. */
export type Outcome = { ok: true; value: unknown } | { ok: false; error: WireError };

/** Put into the window as `amalgam` by the preload script. */
export interface ShellBridge {
  invoke(method: string, params: unknown): Promise<Outcome>;
  /** @returns a function that ends the subscription */
  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void;
}

/** Topic: whether the host can be reached. The first event follows at once. */
export const hostTopic = 'shell.host';

/** Method: start a host that was lost without waiting for the next try. */
export const retryMethod = 'shell.retry';

/** What only the shell can do: ask the user for a workspace, and start the host with it. */
export const workspaceActions = ['open', 'new'] as const;
export type WorkspaceAction = (typeof workspaceActions)[number];

/** Method of an action; it is answered at once, whatever the user decides. */
export const workspaceMethod = (action: WorkspaceAction): string => `shell.workspace.${action}`;

/** `retryAt` in milliseconds since the epoch; null where the shell waits for the user. */
export const hostState = z.object({ status: z.enum(['connecting', 'open', 'lost']), retryAt: z.number().nullable() });
export type HostState = z.infer<typeof hostState>;
