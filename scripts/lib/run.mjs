/** @file Starts other programs from the project's scripts, with their output shown as it comes. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions, signal?:
 * AbortSignal }} [options]
 * @returns {Promise<number>} the exit status; 128 + the signal's number where a signal ended it, as in a shell
 */
export function run(program, args, options = {}) {
  // On Windows npm is a batch file, which only a shell starts.
  const shell = process.platform === 'win32' && program === 'npm';
  return ended(spawn(program, args, { cwd: root, stdio: 'inherit', shell, ...options }), program);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} program
 * @returns {Promise<number>}
 */
function ended(child, program) {
  const release = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      release();
      reject(new Error(`${program} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * A signal to the script is the child's: it ends in its own time, and the script with it.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'];
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // The terminal sends Ctrl+C to the whole process group already.
    if (signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/**
 * npm as it was started, or as found on PATH.
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions }} [options]
 */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script !== undefined && /\.c?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  return run('npm', args, options);
}

/** Node with a script of one of the installed packages. @param {string} script @param {string[]} args */
export function tool(script, args) {
  return run(process.execPath, [`node_modules/${script}`, ...args]);
}

/**
 * A tool that runs beside others: its output is kept together.
 * @param {string} script @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ status: number, output: string }>}
 */
export async function toolBeside(script, args, env = process.env) {
  /** @type {Buffer[]} */
  const output = [];
  const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const status = ended(child, script);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  return { status: await status, output: Buffer.concat(output).toString() };
}
