/** How a command without resumable state ends: at once, after cleaning up. */

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends the process at Ctrl-C or SIGTERM, so that exit handlers can clean up.
 * @param what printed then
 */
export function endOnSignals(what: string): void {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      process.stderr.write(`\n${what}\n`);
      // The exit code by which shells report a signal.
      process.exit(128 + number);
    });
  }
}
