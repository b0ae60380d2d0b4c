/**
 * @file The app packed by electron-builder with a stand-in for Electron's binary, which
 * comes from outside the registries. All else is real: the host in the package is
 * started with the Node in the package, checks itself and scores.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'amalgam-package-test-'));
const resources = join(folder, 'release', 'linux-unpacked', 'resources');
const app = join(resources, 'app');
afterAll(() => rmSync(folder, { recursive: true }));

/** The switches in Electron's binary, after the text by which they are found there. */
const fuseWire = (states: string): string =>
  `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001${String.fromCharCode(states.length)}${states}`;

function standInForElectron(): string {
  const dist = join(folder, 'electron');
  mkdirSync(join(dist, 'locales'), { recursive: true });
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  for (const [file, text] of [
    ['version', version],
    ['LICENSE', ''],
    ['LICENSES.chromium.html', ''],
    ['locales/en-US.pak', ''],
    ['electron', `#!/bin/sh\nexit 0\n${fuseWire('11110000')}\n`],
  ])
    writeFileSync(join(dist, file), text);
  chmodSync(join(dist, 'electron'), 0o755);
  return dist;
}

describe.skipIf(process.platform !== 'linux')('the package', () => {
  beforeAll(() => {
    const env = { ...process.env, AMALGAM_ELECTRON_DIST: standInForElectron(), AMALGAM_NODE_BINARY: process.execPath };
    const args = [
      join(root, 'scripts/package.mjs'),
      '--linux',
      'dir',
      `-c.directories.output=${join(folder, 'release')}`,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
  }, 600_000);

  test('has what runs and nothing of what it is made from', () => {
    expect(readdirSync(app).sort()).toEqual([
      'LICENSE',
      'THIRD_PARTY_NOTICES.md',
      'bin',
      'dist',
      'docs',
      'examples',
      'host',
      'models',
      'node_modules',
      'package.json',
    ]);
    // What the host reads beside its bundles: the parts of a report.
    expect(readdirSync(join(app, 'host'), { recursive: true }).sort()).toEqual([
      'export',
      'export/report',
      'export/report/page.css',
      'export/report/page.html',
      'export/report/page.js',
    ]);
    expect(readdirSync(join(app, 'docs'))).toEqual(['guide']);
    expect(readdirSync(join(app, 'dist')).sort()).toEqual(['electron', 'host', 'renderer']);
    expect(existsSync(join(app, 'node_modules/electron'))).toBe(false);
    expect(readdirSync(join(app, 'node_modules/onnxruntime-node/bin/napi-v6'))).toEqual(['linux']);
  });

  test('cannot be used as Node, takes no options from the environment and no debugger, and encrypts cookies', () => {
    expect(readFileSync(join(folder, 'release', 'linux-unpacked', 'amalgam-app'), 'latin1')).toContain(
      fuseWire('01000000'),
    );
  });

  test('scores molecules with its own Node, from a folder of the user', () => {
    writeFileSync(join(folder, 'in.smi'), 'CCO\n');
    const csv = execFileSync(
      join(resources, 'node/node'),
      [join(app, 'bin/amalgam.mjs'), 'score', 'in.smi', '--objective', 'mw'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(csv).toBe('sequence,name,mw,reason\r\nCCO,,46.069,\r\n');
  });
});
