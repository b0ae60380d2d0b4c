/** A log for diagnosis after the fact. It is written only if the user asks for it. */
import { destination, type Logger, pino } from 'pino';
import { InputError } from './errors.ts';
import { version } from './paths.ts';

export type Log = Pick<Logger, 'info' | 'error'>;

/** Writes nothing. */
export const noLog: Log = pino({ enabled: false });

/** @throws InputError if the file cannot be written */
export function openLog(file: string): Log {
  try {
    // Synchronous, so that nothing is missing after a crash; a few lines per round cost nothing.
    return pino({ base: { pid: process.pid, version } }, destination({ dest: file, sync: true, append: true }));
  } catch (error) {
    throw new InputError(`Cannot write the log ${file}: ${(error as Error).message}.`);
  }
}
