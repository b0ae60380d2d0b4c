/**
 * @file Switches in Electron's binary that turn off what the app does not need: as plain Node, with options from the
 * environment or with a debugger, the binary would run any code under the app's name. Without an archive, asar
 * integrity has nothing to check.
 */
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { say } from './say.mjs';

/** A state as the binary has it: the character 0 or 1. */
const states = { off: '0'.charCodeAt(0), on: '1'.charCodeAt(0) };

/** @type {Readonly<Record<string, 'on' | 'off'>>} */
const wanted = {
  RunAsNode: 'off',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableCookieEncryption: 'on',
};

/**
 * Sets the fuses and reads them back.
 * @param {string} binary
 * @param {string} platform
 * @throws Error if a fuse is not as it should be
 */
export async function setFuses(binary, platform) {
  const values = Object.entries(wanted).map(([name, state]) => [fuseNumber(name), state === 'on']);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin',
    ...Object.fromEntries(values),
  });
  await checkFuses(binary);
  say(`The fuses of ${binary} are set.`);
}

/** @param {string} binary */
async function checkFuses(binary) {
  const found = await getCurrentFuseWire(binary);
  for (const [name, state] of Object.entries(wanted)) {
    if (found[fuseNumber(name)] !== states[state])
      throw new Error(`The fuse ${name} of ${binary} is not ${state}, as it should be.`);
  }
}

/** @param {string} name @returns {FuseV1Options} */
const fuseNumber = (name) => FuseV1Options[/** @type {keyof typeof FuseV1Options} */ (name)];

/**
 * Electron's binary in a packed app.
 * @param {string} folder
 * @param {string} platform
 * @param {{ appInfo: { productFilename: string }, executableName?: string }} packager
 */
export function packedBinary(folder, platform, { appInfo: { productFilename }, executableName }) {
  if (platform === 'darwin') return join(folder, `${productFilename}.app`);
  return join(folder, platform === 'win32' ? `${productFilename}.exe` : (executableName ?? productFilename));
}
