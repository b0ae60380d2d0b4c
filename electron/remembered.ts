/** @file What the shell remembers between starts: workspaces, the place of the window, and the user's settings. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { desktopSettings } from '../contract/shell.ts';
import { place } from './place.ts';

const remembered = z.object({
  /** The file that the user chose; null for the default. */
  workspace: z.string().nullable(),
  /** Chosen files, latest first. */
  recent: z.array(z.string()).default([]),
  place: place.nullable().default(null),
  settings: desktopSettings.default({ stayAwake: true, notify: true }),
});
export type Remembered = z.infer<typeof remembered>;

const keptRecent = 8;

export class Memory {
  readonly #file: string;
  #value: Remembered;

  /** An unreadable file counts as absent: the user can choose again. */
  constructor(file: string) {
    this.#file = file;
    this.#value = read(file);
  }

  get value(): Remembered {
    return this.#value;
  }

  change(part: Partial<Remembered>): void {
    this.#value = { ...this.#value, ...part };
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(this.#value));
  }

  chooseWorkspace(workspace: string): void {
    const others = this.#value.recent.filter((file) => file !== workspace);
    this.change({ workspace, recent: [workspace, ...others].slice(0, keptRecent) });
  }
}

function read(file: string): Remembered {
  const nothing = remembered.parse({ workspace: null });
  if (!existsSync(file)) return nothing;
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothing;
  }
}
