/**
 * Paths on the user's machine: the folder of the program, and the folder of the user's data by the convention of each
 * platform (XDG base directories, Apple's file system guide, Windows known folders).
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string() });

/** The folder with package.json, models/ and examples/, both in a checkout and in the packaged app. */
export const programFolder = findProgramFolder(dirname(fileURLToPath(import.meta.url)));

function findProgramFolder(start: string): string {
  const file = join(start, 'package.json');
  if (existsSync(file) && manifest.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.name === 'amalgam')
    return start;
  const parent = dirname(start);
  if (parent === start)
    throw new Error(
      "Amalgam's program folder was not found: there is no package.json of amalgam above the program. Reinstall Amalgam.",
    );
  return findProgramFolder(parent);
}

/** The version of the program; only package.json states it. */
export const version = manifest.parse(JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8'))).version;

export const modelsFolder = join(programFolder, 'models');
export const examplesFolder = join(programFolder, 'examples');
export const guideFolder = join(programFolder, 'docs', 'guide');
export const noticesFile = join(programFolder, 'THIRD_PARTY_NOTICES.md');
export const rendererFolder = join(programFolder, 'dist', 'renderer');

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of the user's data. */
export function dataFolder(platform: NodeJS.Platform = process.platform, env: Environment = process.env): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Amalgam');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Amalgam');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'amalgam');
}

/** The file of allowed external scorers. Consent belongs to the user, not to a workspace. */
export function consentsFile(env: Environment = process.env): string {
  return join(dataFolder(process.platform, env), 'consents.json');
}

/** The workspace that is used if none is named. */
export function defaultWorkspace(env: Environment = process.env): string {
  return env.AMALGAM_WORKSPACE ?? join(dataFolder(process.platform, env), 'workspace.amalgam');
}
