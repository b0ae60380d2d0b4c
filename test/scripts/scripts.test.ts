import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findElectron, hasDisplay } from '../../scripts/lib/electron.mjs';
import { missingPackages, standingOf } from '../../scripts/lib/install.mjs';
import { withLock } from '../../scripts/lib/lock.mjs';
import { partsFor } from '../../scripts/lib/parts.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { filesUnder, hashOf, readStamp, writeWhole } from '../../scripts/lib/stamp.mjs';
import { readCounts } from '../../scripts/lib/vitest.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amalgam-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string, content: string): string {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('what is not installed', () => {
  const locked = (packages: Record<string, object>) => JSON.stringify({ packages });

  test('a missing package and one of another version are named, an optional one is not', () => {
    put(
      'package-lock.json',
      locked({
        '': {},
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b': { version: '2.0.0' },
        'node_modules/@s/c': { version: '1.0.0' },
        'node_modules/d': { version: '1.0.0', optional: true },
      }),
    );
    put(
      'node_modules/.package-lock.json',
      locked({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } }),
    );
    expect(missingPackages(folder)).toEqual(['b', '@s/c']);
  });

  test('without node_modules it is everything', () => {
    put('package-lock.json', locked({ 'node_modules/a': { version: '1.0.0' } }));
    expect(missingPackages(folder)).toEqual(['a']);
  });

  test('nothing is missing in this checkout', () => {
    expect(missingPackages()).toEqual([]);
  });
});

describe('releases of Node', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };

  test.each([
    ['18.20.8', 'too old'],
    ['20.18.3', 'too old'],
    ['20.19.0', 'tolerated'],
    ['20.20.2', 'tolerated'],
    ['22.12.0', 'tolerated'],
    ['22.13.0', 'supported'],
    ['22.23.5', 'supported'],
    ['23.11.1', 'tolerated'],
    ['24.0.0', 'supported'],
    ['24.21.0', 'supported'],
    ['26.1.0', 'supported'],
  ])('%s is %s', (version, standing) => {
    expect(standingOf(version, engines.node)).toBe(standing);
  });

  test('the one of the continuous checks is supported', () => {
    const major = readFileSync(join(root, '.nvmrc'), 'utf8').trim();
    expect(standingOf(`${major}.99.0`, engines.node)).toBe('supported');
  });
});

describe('the hash of a build', () => {
  test('changes with the content and the name of a file, not with its time', () => {
    put('src/a.ts', 'one');
    put('src/deep/b.ts', 'two');
    const before = hashOf(folder, ['src', 'absent']);
    put('src/a.ts', 'one');
    expect(hashOf(folder, ['src'])).toBe(before);
    put('src/a.ts', 'other');
    const changed = hashOf(folder, ['src']);
    put('src/c.ts', '');
    expect(new Set([before, changed, hashOf(folder, ['src'])]).size).toBe(3);
    expect(filesUnder(folder, ['src'])).toEqual([
      join('src', 'a.ts'),
      join('src', 'c.ts'),
      join('src', 'deep', 'b.ts'),
    ]);
  });

  test('is null before the first build', () => {
    const stamp = join(folder, 'deep', 'stamp');
    expect(readStamp(stamp)).toBeNull();
    writeWhole(stamp, 'hash');
    expect(readStamp(stamp)).toBe('hash');
  });
});

describe('the lock of dist/', () => {
  test('lets one build in at a time', async () => {
    const lock = join(folder, 'dist', '.lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)]);
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  test('is taken over from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const lock = put('.lock', String(gone.pid));
    expect(await withLock(lock, () => Promise.resolve('built'))).toBe('built');
  });

  test('is given back when the build fails', async () => {
    const lock = join(folder, '.lock');
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('whether a window can open', () => {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';

  test.skipIf(process.platform === 'darwin')(
    'Electron is found in its package or in the given folder, and never by loading the package',
    () => {
      expect(findElectron(folder, {})).toBeNull();
      const binary = put(`node_modules/electron/dist/${name}`, '');
      put('node_modules/electron/path.txt', name);
      put('node_modules/electron/index.js', 'throw new Error("loaded")');
      expect(findElectron(folder, {})).toBe(binary);
      expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') })).toBeNull();
      const own = put(`own/${name}`, '');
      expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'own') })).toBe(own);
    },
  );

  test.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('%s with %j has a display: %s', (platform, env, expected) => {
    expect(hasDisplay(platform, env)).toBe(expected);
  });
});

describe('the counts of a test run', () => {
  const report = (tests: object, files: object[]) =>
    put(
      'report.json',
      JSON.stringify({
        numPassedTests: 0,
        numFailedTests: 0,
        numPendingTests: 0,
        numTodoTests: 0,
        ...tests,
        testResults: files,
      }),
    );

  test('are those of the report', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1 }, [
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ]);
    expect(readCounts(file, 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test('a file that broke before its tests is a failure', () => {
    const file = report({ numPassedTests: 5 }, [{ status: 'failed', assertionResults: [] }]);
    expect(readCounts(file, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  test('a run that failed outside its tests is a failure', () => {
    expect(readCounts(report({ numPassedTests: 5 }, []), 1).failed).toBe(1);
    expect(readCounts(join(folder, 'none.json'), 1).failed).toBe(1);
  });
});

test('the interface is built for whoever serves it, and for nobody else', () => {
  const verbs = [['serve'], ['serve', '--port', '8080', '--json'], ['serve', '--ipc'], ['design', 'serve'], []];
  expect(verbs.map((args) => partsFor(args).includes('renderer'))).toEqual([true, true, false, false, false]);
});

describe('the programs', () => {
  const node = (args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  test('the command line answers from any folder, on standard output alone', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { status, stdout } = node([join(root, 'bin', 'amalgam.mjs'), '--version']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });

  test('a part that does not exist is not built, and the parts are named', () => {
    const { status, stderr } = node([join(root, 'scripts', 'build.mjs'), 'hots']);
    expect(status).toBe(1);
    expect(stderr).toContain('There is no part "hots" to build; the parts are host, electron, renderer.');
  });

  test('a benchmark that does not exist is not run, and the benchmarks are named', () => {
    const { status, stderr } = node([join(root, 'scripts', 'bench.mjs'), 'speed']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is no benchmark "speed": npm run bench -- .*tensor/);
  });

  test('a folder that is no Electron is not packed', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'package.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, AMALGAM_ELECTRON_DIST: folder },
    });
    expect(status).toBe(1);
    expect(stderr).toContain('which is no unpacked Electron');
  });
});
