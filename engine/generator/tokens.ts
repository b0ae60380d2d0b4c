/**
 * @file What tokenizers of all modalities share: the boundary, and the error for text that a generator's tokens cannot
 * write.
 */

/** Start and end of a sequence, always id 0. */
export const BOUNDARY = '<s>';

/** A sequence that the generator's tokens cannot write. */
export class UnknownTokenError extends Error {
  readonly token: string;
  /** Characters before the token, from 0. */
  readonly position: number;
  /** What the user could do about it, as part of a sentence. */
  readonly advice: string;
  constructor(text: string, token: string, position: number, advice: string) {
    super(`"${token}" at position ${position + 1} of ${shorten(text)} is not among the generator's tokens: ${advice}.`);
    this.name = 'UnknownTokenError';
    this.token = token;
    this.position = position;
    this.advice = advice;
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
