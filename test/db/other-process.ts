/** Runs code with the functions of db/ in a process of its own, to kill it there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** The bundle lies in a temporary folder, where Node would not find the package. */
const nativeByItsPath: Plugin = {
  name: 'native-by-its-path',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^better-sqlite3$/ }, () => ({
      path: pathToFileURL(join(root, 'node_modules/better-sqlite3/lib/index.js')).href,
      external: true,
    })),
};

/**
 * @param body module code; `db` has the functions of db/, `sample` those of sample-run.ts.
 * @returns the script's path
 */
export async function bundleScript(folder: string, body: string): Promise<string> {
  const outfile = join(folder, 'script.mjs');
  const contents = `import * as db from './db/index.ts';\nimport * as sample from './test/db/sample-run.ts';\n${body}`;
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [nativeByItsPath],
    outfile,
  });
  return outfile;
}

/** Starts a script and waits for the first line that it prints. */
export async function startScript(script: string, ...parameters: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

export async function killHard(child: ChildProcess): Promise<void> {
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  child.kill('SIGKILL');
  await gone;
}
