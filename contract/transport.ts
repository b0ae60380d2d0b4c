/** @file How the two sides talk: two primitives, and errors with stable codes. */

/** Codes of errors that the host answers with; stable, for programs. */
export const errorCodes = [
  /** A frame or a payload does not have the shape that its schema asks for. */
  'bad-message',
  /** The host has no such method or topic. */
  'unknown-method',
  /** What an id or a name stands for does not exist. */
  'not-found',
  /** The user gave something that cannot be used; the message says what and where. */
  'bad-input',
  /** The state of the run or of the workspace does not allow it now. */
  'conflict',
  /** The user ended it before it was done. */
  'cancelled',
  /** A program of the design may not run before the user allows it; `details` names the programs. */
  'consent-needed',
  /** The workspace file cannot be read or written. */
  'workspace',
  /** Something else went wrong; the message says what. */
  'failed',
  /** The host ended before it answered. */
  'host-lost',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error that crosses the wire with its stable code. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }
}

/** The two primitives over which renderer and host talk. */
export interface Transport {
  invoke(method: string, params: unknown): Promise<unknown>;
  /** @returns a function that ends the subscription */
  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void;
}
