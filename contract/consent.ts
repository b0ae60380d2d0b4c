/** @file Programs of the user's own, and the consent to run them. */
import { z } from 'zod';
import { nothing } from './common.ts';

/** A program of the user's own, with all that the consent to run it is for. */
export const programInfo = z.object({
  /** SHA-256 of what follows; another key is another program, or the same one changed. */
  key: z.string(),
  kind: z.enum(['command', 'module']),
  /** As the design says it. */
  text: z.string(),
  executable: z.string(),
  args: z.array(z.string()),
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** What is started, as one line; words that hold spaces are in quotes. */
export function commandLine({ executable, args }: z.output<typeof programInfo>): string {
  return [executable, ...args].map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

/** A program that the user has allowed to run. */
export const consentInfo = programInfo.extend({ given: z.string() });

/** Details of the error `consent-needed`. */
export const consentNeeded = z.object({ programs: z.array(programInfo) });

export const consentMethods = {
  /** Programs that the user has allowed, newest first. */
  'consent.list': { params: nothing, result: z.array(consentInfo) },
  /** Only for a program that an error `consent-needed` has named. */
  'consent.allow': { params: z.object({ key: z.string() }), result: nothing },
  'consent.revoke': { params: z.object({ key: z.string() }), result: nothing },
} as const;

export type ProgramInfo = z.output<typeof programInfo>;
export type ConsentInfo = z.output<typeof consentInfo>;
