/** How a command ends that leaves nothing to go on with: at once, and in order. */

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends the process at Ctrl-C or a request to end, so that what waits for its exit can clean up.
 * @param what is said then
 */
export function endOnSignals(what: string): void {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      process.stderr.write(`\n${what}\n`);
      // As shells report a process that a signal ended.
      process.exit(128 + number);
    });
  }
}
