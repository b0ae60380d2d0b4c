/** @file External scorers and the user's consent to run them. */
import { z } from 'zod';
import { nothing } from './common.ts';

/** An external scorer with everything that the consent refers to. */
export const programInfo = z.object({
  /** SHA-256 of what follows. Another key means another program or a changed one. */
  key: z.string(),
  kind: z.enum(['command', 'module']),
  /** The command as the design states it. */
  text: z.string(),
  executable: z.string(),
  args: z.array(z.string()),
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** The command line that is started; words with spaces are quoted. */
export function commandLine({ executable, args }: z.output<typeof programInfo>): string {
  return [executable, ...args].map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

/** An external scorer that the user has allowed. */
export const consentInfo = programInfo.extend({ given: z.string() });

/** Details of the error `consent-needed`. */
export const consentNeeded = z.object({ programs: z.array(programInfo) });

export const consentMethods = {
  /** External scorers that the user has allowed, newest first. */
  'consent.list': { params: nothing, result: z.array(consentInfo) },
  /** Allows a program that an error `consent-needed` has named, and no other. */
  'consent.allow': { params: z.object({ key: z.string() }), result: nothing },
  'consent.revoke': { params: z.object({ key: z.string() }), result: nothing },
} as const;

export type ProgramInfo = z.output<typeof programInfo>;
export type ConsentInfo = z.output<typeof consentInfo>;
