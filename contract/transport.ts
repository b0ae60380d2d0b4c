/** @file How the two sides talk: two primitives, and errors with stable codes. */

/** Codes of errors that the host answers with; stable, for programs. */
export const errorCodes = [
  'bad-message',
  'unknown-method',
  'not-found',
  'bad-input',
  'conflict',
  'cancelled',
  'consent-needed',
  'workspace',
  'failed',
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
