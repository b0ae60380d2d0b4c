/** Errors as plain data, for messages between threads and processes, which keep no classes. */
import { ParameterError } from '../../engine/base/parameter-error.ts';

/** An error as plain data. */
export interface FailureData {
  readonly name: string;
  readonly message: string;
  /** Only of a ParameterError: the parameter at fault. */
  readonly parameter?: string;
}

export function failureData(error: unknown): FailureData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return error instanceof ParameterError ? { name, message, parameter: error.parameter } : { name, message };
}

/** The error with its name. Only ParameterError gets its class back. */
export function revived({ name, message, parameter }: FailureData): Error {
  return parameter === undefined ? Object.assign(new Error(message), { name }) : new ParameterError(parameter, message);
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
