/** amalgam backup: copies a workspace, even while a run writes to it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp, close } from '../../db/index.ts';
import { readWorkspace } from '../base/workspace.ts';
import { withWorkspace } from './options.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly workspace: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addBackup(program: Command): void {
  withWorkspace(
    program
      .command('backup')
      .description('Copy a workspace to a file, even while Amalgam uses it. Open the copy with --workspace.'),
  )
    .requiredOption('--out <file>', 'output file; an existing file is never replaced')
    .option('--json', 'print a summary as JSON')
    .action(backup);
}

async function backup({ workspace, out, json }: Options): Promise<void> {
  const terminal = openTerminal();
  const file = resolve(out);
  const db = readWorkspace(workspace);
  try {
    const bytes = await backUp(db, file);
    if (json) terminal.json({ file, bytes });
    else terminal.out(`${file}: ${(bytes / 1e6).toFixed(1)} MB, checked.`);
  } finally {
    close(db);
  }
}
