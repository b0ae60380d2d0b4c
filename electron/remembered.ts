/** @file What the shell remembers between starts: the workspace that the user chose. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const remembered = z.object({ workspace: z.string().nullable() });
export type Remembered = z.infer<typeof remembered>;

const nothing: Remembered = { workspace: null };

/** An unreadable file counts as absent: the user can choose again. */
export function recall(file: string): Remembered {
  if (!existsSync(file)) return nothing;
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothing;
  }
}

export function remember(file: string, what: Remembered): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(what));
}
