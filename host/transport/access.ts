/**
 * @file Who may reach the browser harness: its token, which a file can keep together with the port so that a bookmark
 * works after a restart, and slow answers to wrong tokens.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { writeWhole } from '../base/write-whole.ts';

/** 24 random bytes: nobody can try them all. */
const newToken = (): string => randomBytes(24).toString('base64url');

/** Port 0 takes any free one. */
const access = z.object({ token: z.string().regex(/^[\w-]{32,}$/), port: z.number().int().min(0).max(65_535) });
export type Access = z.infer<typeof access>;

/**
 * The token and the port of the last time; a new token if there is no file.
 * @param file null for a new token
 * @throws InputError if the file cannot be used
 */
export function readAccess(file: string | null): Access {
  if (file === null || !existsSync(file)) return { token: newToken(), port: 0 };
  requirePrivate(file);
  try {
    return access.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new InputError(`${file} is no token file of Amalgam. Delete it, and "amalgam serve" makes a new one.`);
  }
}

/** Only the user can read the file. */
export function keepAccess(file: string, what: Access): void {
  writeWhole(file, Buffer.from(`${JSON.stringify(what)}\n`), 0o600);
}

/** Windows has no such bits: a file in the user's folders is private there. */
function requirePrivate(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return;
  throw new InputError(`Others can read ${file}. Make it private ("chmod 600 ${file}") or delete it.`);
}

export function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refusalMs = 250;
const mostWaiting = 100;

/** Answers wrong tokens one after another, so that guessing is slow however many connections guess. */
export class Refusals {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param refuse called in its turn @param drop called at once if too many wait */
  add(refuse: () => void, drop: () => void): void {
    if (this.#waiting >= mostWaiting) return drop();
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      await wait(refusalMs, undefined, { ref: false });
      this.#waiting -= 1;
      refuse();
    });
  }
}
