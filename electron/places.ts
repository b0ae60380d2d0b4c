/**
 * @file Where the parts of the app are: in a package beside the resources, in a checkout
 * beside dist/.
 */
import { join } from 'node:path';
import { app } from 'electron';
import type { HostCommand } from './host-process.ts';

/** The package needs its own Node: the native modules are compiled for it, not for Electron's. */
function nodeBinary(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  if (app.isPackaged) return join(process.resourcesPath, 'node', name);
  return process.env.AMALGAM_NODE ?? 'node';
}

const dist = (): string => join(app.getAppPath(), 'dist');

export const preloadScript = (): string => join(dist(), 'electron', 'preload.cjs');
export const interfaceFolder = (): string => join(dist(), 'renderer');

const cli = (): string => join(dist(), 'host', 'cli.js');

/** Writes the diagnostic report. @param log of the host */
export function reportCommand(file: string, log: string): HostCommand {
  return { node: nodeBinary(), args: [cli(), 'doctor', '--report', file, '--log', log] };
}

/** @param workspace the file that the user chose, or null for the default */
export function hostCommand(workspace: string | null): HostCommand {
  const chosen = workspace === null ? [] : ['--workspace', workspace];
  return { node: nodeBinary(), args: [cli(), 'serve', '--ipc', ...chosen] };
}
