/** @file What the host's tests share: a temporary folder, the tiny prior, a small design, the command line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');
/** A generator of 0.1 million parameters; test/fixtures/models/README.md says how it was made. */
export const tinyPrior = join(root, 'test/fixtures/models/tiny.safetensors');

/** A generator of DNA with 16,000 parameters, 3-mers, at most 69 bases. */
export const tinyDnaPrior = join(root, 'test/fixtures/models/tiny-dna.safetensors');

/** A folder that is deleted after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const smallDesign = `name = "Small"
prior = ${JSON.stringify(tinyPrior)}

[run]
steps = 6
merge_every = 2
batch = 16
measure_samples = 16
final_samples = 16

[[objective]]
id = "qed"

[[objective]]
id = "similarity"
reference = "celecoxib"
weight = 2
`;

export function designFile(folder: string, source = smallDesign, name = 'design.toml'): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the command line; a program of its own, as a user's. @param env beside the tests' own */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'dist/host/cli.js'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  return { child, ended: new Promise((done) => child.on('close', (code) => done({ code, out, err }))) };
}

/** Runs the command line to its end. */
export async function amalgam(
  args: readonly string[],
  input?: string,
  env?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { child, ended } = start(args, env);
  child.stdin?.end(input ?? '');
  return ended;
}
