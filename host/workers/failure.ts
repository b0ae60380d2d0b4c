/** Errors as plain data, for messages between threads and processes, which keep no classes. */

/** An error as plain data. */
export interface FailureData {
  readonly name: string;
  readonly message: string;
}

export function failureData(error: unknown): FailureData {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

export function revived({ name, message }: FailureData): Error {
  return Object.assign(new Error(message), { name });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
