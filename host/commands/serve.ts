/** amalgam serve: the interface for a browser, or a host for the Electron shell. */
import type { Command } from 'commander';
import { rendererFolder } from '../base/paths.ts';
import { createHost, type Host } from '../host.ts';
import { keepAccess, readAccess } from '../transport/access.ts';
import { serveIpc } from '../transport/ipc.ts';
import { serve } from '../transport/serve.ts';
import { type HostCommandOptions, hostOptions, wholeNumber, withHostOptions } from './options.ts';
import { openTerminal } from './terminal.ts';

interface Options extends HostCommandOptions {
  readonly port?: number;
  readonly tokenFile?: string;
  readonly ipc?: boolean;
  readonly json?: boolean;
}

export function addServe(program: Command): void {
  withHostOptions(
    program.command('serve').description('Serve the interface to a browser on this computer and print its address.'),
  )
    .option('--port <port>', 'port (default: any free port)', wholeNumber(0, 65_535))
    .option(
      '--token-file <file>',
      'keep token and port in this file, so that the address stays the same (made if missing)',
    )
    .option('--ipc', 'serve the parent process over IPC instead (used by the desktop app)')
    .option('--json', 'print the address as JSON')
    .action(run);
}

async function run({ ipc, ...options }: Options): Promise<void> {
  const host = createHost(hostOptions(options));
  host.context.devices.warmUp();
  try {
    await (ipc ? serveIpc(host) : serveBrowser(host, options));
  } finally {
    await host.close();
  }
}

async function serveBrowser(host: Host, { port, tokenFile, json }: Omit<Options, 'ipc'>): Promise<void> {
  const access = readAccess(tokenFile ?? null);
  const served = await serve(host, { port: port ?? access.port, token: access.token, folder: rendererFolder });
  if (tokenFile !== undefined) keepAccess(tokenFile, { token: served.token, port: served.port });
  const terminal = openTerminal();
  if (json) terminal.json({ address: served.address, port: served.port, token: served.token });
  else terminal.out(`Amalgam is at ${served.address}\nCtrl-C ends it; runs are paused and can be resumed.`);
  await interrupted();
  await served.close();
}

/** Resolves at the first Ctrl-C or SIGTERM. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
