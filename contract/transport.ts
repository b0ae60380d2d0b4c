/** @file How the two sides communicate: two primitives, and errors with stable codes. */

/** Codes of the host's errors; stable, for programs. */
export const errorCodes = [
  /** A frame or a payload does not match its schema. */
  'bad-message',
  /** The host has no such method or topic. */
  'unknown-method',
  /** An id or a name refers to nothing that exists. */
  'not-found',
  /** The user's input cannot be used; the message says what and where. */
  'bad-input',
  /** The state of the run or of the workspace does not allow it now. */
  'conflict',
  /** The user cancelled it. */
  'cancelled',
  /** The design has an external scorer that the user has not allowed yet; `details` names the programs. */
  'consent-needed',
  /** The workspace file cannot be read or written. */
  'workspace',
  /** Another failure; the message says what. */
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
