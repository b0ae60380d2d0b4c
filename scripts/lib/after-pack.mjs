/**
 * @file Called by electron-builder when the app's folder is complete: sets the fuses of
 * Electron's binary, starts the packed host with the packed Node, and fails the package
 * where a native module, RDKit or the engine does not work there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedBinary, setFuses } from './fuses.mjs';
import { say } from './say.mjs';

/**
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string },
 * executableName?: string } }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  await setFuses(packedBinary(appOutDir, electronPlatformName, packager), electronPlatformName);
  const inBundle = join(`${packager.appInfo.productFilename}.app`, 'Contents', 'Resources');
  checkPackedHost(join(appOutDir, electronPlatformName === 'darwin' ? inBundle : 'resources'));
}

/** @param {string} resources @throws Error saying what does not work in the package */
export function checkPackedHost(resources) {
  const node = join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node');
  const app = join(resources, 'app');
  if (!existsSync(join(app, 'dist', 'renderer', 'index.html')))
    throw new Error(`The package has no interface: ${join(app, 'dist', 'renderer')} is not there.`);
  inEmptyFolder((cwd) => {
    const run = (/** @type {string[]} */ args) =>
      execFileSync(node, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    run(['-e', `new (require(${JSON.stringify(join(app, 'node_modules', 'better-sqlite3'))}))(':memory:').close()`]);
    const report = JSON.parse(run([join(app, 'bin', 'amalgam.mjs'), 'doctor', '--json']));
    checkReport(report);
    say(`The packed host ${report.version} works on Node ${report.node}.`);
  });
}

/**
 * @param {{ rdkit: string | null, devices: { id: string, available: boolean, selfTest: string | null, reason: string |
 * null }[] }} report of amalgam doctor
 */
function checkReport({ rdkit, devices }) {
  if (!rdkit) throw new Error('RDKit does not load in the package.');
  const cpu = devices.find(({ id }) => id === 'cpu');
  if (!cpu?.available || cpu.selfTest === null)
    throw new Error(`The engine does not run in the package: ${cpu?.reason ?? 'it has no CPU device'}`);
}

/**
 * From a folder that has no node_modules above it, so that nothing is found outside the package.
 * @param {(folder: string) => void} work
 */
function inEmptyFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-package-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
