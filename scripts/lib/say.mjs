/**
 * @file Progress of the project's scripts. It goes to standard error, so that
 * standard output stays the answer of the command itself.
 */

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Ends a script with a sentence instead of a stack trace; a program that failed has already said why.
 * @param {unknown} error
 */
export function fail(error) {
  say(error instanceof Error ? `Error: ${error.message}` : String(error));
  process.exitCode = 1;
}

/** @param {number} since milliseconds of performance.now() */
export function secondsSince(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
