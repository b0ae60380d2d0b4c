/**
 * @file The frames between interface and host: JSON text over a WebSocket, or messages over an IPC channel. Every frame
 * is checked on arrival. The interface chooses the ids; answers and events repeat them.
 */
import { z } from 'zod';
import { errorCodes } from './transport.ts';

const id = z.number().int().nonnegative();

/** An error as it crosses the wire. */
const wireError = z.object({ code: z.enum(errorCodes), message: z.string(), details: z.unknown().optional() });

/** From the interface to the host. */
export const requestFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoke'), id, method: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal('subscribe'), id, topic: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal('unsubscribe'), id }),
]);

/** From the host to the interface. */
export const answerFrame = z.union([
  z.object({ kind: z.literal('result'), id, ok: z.literal(true), value: z.unknown() }),
  z.object({ kind: z.literal('result'), id, ok: z.literal(false), error: wireError }),
  z.object({ kind: z.literal('event'), id, event: z.unknown() }),
]);

export type WireError = z.infer<typeof wireError>;
export type RequestFrame = z.infer<typeof requestFrame>;
export type AnswerFrame = z.infer<typeof answerFrame>;
