/** Copies of the workspace, kept in the folder "backups" beside it. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { BackupInfo } from '../../contract/api.ts';
import { backUp, type ReadableWorkspace } from '../../db/index.ts';

const folderOf = (workspace: string): string => join(dirname(workspace), 'backups');

/** The workspace's name and the time, in a form that every file system accepts: "lab 2026-05-12 09-20-31.amalgam". */
function backupName(workspace: string, moment: Date): string {
  const ending = extname(workspace);
  const stamp = moment.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return `${basename(workspace, ending)} ${stamp}${ending}`;
}

/** @throws WorkspaceError if it cannot be written */
export async function makeBackup(db: ReadableWorkspace, now = new Date()): Promise<BackupInfo> {
  mkdirSync(folderOf(db.path), { recursive: true });
  const file = join(folderOf(db.path), backupName(db.path, now));
  const bytes = await backUp(db, file);
  return { file, bytes, made: statSync(file).mtime.toISOString() };
}

/** Backups of this workspace, newest first. */
export function listBackups(workspace: string): BackupInfo[] {
  const folder = folderOf(workspace);
  const ending = extname(workspace);
  if (!existsSync(folder)) return [];
  const own = readdirSync(folder).filter(
    (name) => name.startsWith(`${basename(workspace, ending)} `) && name.endsWith(ending),
  );
  return own.map((name) => describe(join(folder, name))).sort((a, b) => b.made.localeCompare(a.made));
}

function describe(file: string): BackupInfo {
  const { size, mtime } = statSync(file);
  return { file, bytes: size, made: mtime.toISOString() };
}
