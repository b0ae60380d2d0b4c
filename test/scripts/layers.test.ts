/** @file The layer map fails the build: what it forbids is tried in a small tree of its own. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.mjs';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** @returns the rules that the tree breaks, each with the file that breaks it */
function broken(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-layers-'));
  folders.push(folder);
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return cruise(folder, [...new Set(Object.keys(files).map((file) => file.split('/')[0]))]);
}

function cruise(folder: string, roots: readonly string[]): string[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...roots],
    { cwd: folder, encoding: 'utf8' },
  );
  const { violations } = JSON.parse(stdout).summary as { violations: { from: string; rule: { name: string } }[] };
  return violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}

const value = 'export const value = 1;\n';

test('what the map allows passes', () => {
  const files = {
    'contract/api.ts': "import { z } from 'zod';\nexport const id = z.number();\n",
    'engine/chem/a.ts': value,
    'db/a.ts': "import Database from 'better-sqlite3';\nexport const open = () => new Database(':memory:');\n",
    'host/base/a.ts':
      "import { readFileSync } from 'node:fs';\nimport { value } from '../../engine/chem/a.ts';\nimport { open } from '../../db/a.ts';\nexport { value, open, readFileSync };\n",
    'renderer/ui/A.svelte':
      '<script lang="ts">\nimport { id } from "../../contract/api.ts";\nconst shown: number = id.parse(1);\n</script>\n{shown}\n',
    'electron/main.ts':
      "import { app } from 'electron';\nimport { id } from '../contract/api.ts';\nexport { app, id };\n",
  };
  expect(broken(files)).toEqual([]);
});

/** Folder of the importing file, what it imports (a file of the program by its path from the root), the broken rule. */
const forbidden = [
  ['engine/chem', 'host/base/b.ts', 'layer-engine'],
  ['engine/chem', 'db/b.ts', 'layer-engine'],
  ['engine/chem', 'node:fs', 'engine-computes'],
  ['engine/chem', 'node:child_process', 'engine-computes'],
  ['engine/chem', 'better-sqlite3', 'only-db'],
  ['engine/chem', './missing.ts', 'not-found'],
  ['engine/chem', 'engine/objectives/b.ts', 'room-engine-chem'],
  ['engine/generator', 'engine/objectives/b.ts', 'room-engine-generator'],
  ['engine/base', 'engine/tensor/b.ts', 'room-engine-base'],
  ['engine/attic', 'zod', 'room-unknown'],
  ['engine', 'zod', 'room-unknown'],
  ['db', 'engine/chem/b.ts', 'layer-db'],
  ['contract', 'host/base/b.ts', 'layer-contract'],
  ['host/base', 'renderer/b.ts', 'layer-host'],
  ['host/base', 'electron/b.ts', 'layer-host'],
  ['host/base', 'test/b.ts', 'layer-host'],
  ['host/base', 'better-sqlite3', 'only-db'],
  ['host/base', 'onnxruntime-node', 'only-engine'],
  ['host/base', 'electron', 'only-electron'],
  ['host/base', 'vite', 'shipped'],
  ['host/base', 'host/models/b.ts', 'room-host-base'],
  ['host/runs', 'host/services/b.ts', 'room-host-runs'],
  ['host/runs', 'host/batch/b.ts', 'room-host-runs'],
  ['host/batch', 'host/services/b.ts', 'room-host-batch'],
  ['host/scoring', 'host/commands/b.ts', 'room-host-scoring'],
  ['host/cellar', 'zod', 'room-unknown'],
  ['host', 'zod', 'room-unknown'],
  ['renderer/lib', 'engine/chem/b.ts', 'layer-renderer'],
  ['renderer/lib', 'node:path', 'window-has-no-node'],
  ['renderer/lib', 'renderer/state/b.ts', 'room-renderer-lib'],
  ['renderer/ui', 'renderer/state/b.ts', 'room-renderer-ui'],
  ['renderer/ui', 'renderer/components/b.ts', 'room-renderer-ui'],
  ['renderer/link', 'renderer/state/b.ts', 'room-renderer-link'],
  ['renderer/state', 'renderer/features/live/b.ts', 'room-renderer-state'],
  ['renderer/components', 'renderer/features/live/b.ts', 'room-renderer-components'],
  ['renderer/features/live', 'renderer/app/b.ts', 'room-renderer-features'],
  ['renderer/features/live', 'renderer/features/steer/b.ts', 'features-apart'],
  ['renderer/views', 'zod', 'room-unknown'],
  ['electron', 'host/base/b.ts', 'layer-electron'],
] as const;

const ofProgram = (target: string): boolean => /^[a-z]+\/.*\.ts$/.test(target);

describe('what the map forbids', () => {
  let violations: string[];
  beforeAll(() => {
    const importers = forbidden.map(([folder, target], i) => {
      const specifier = ofProgram(target) ? relative(folder, target) : target;
      return [
        `${folder}/a${i}.ts`,
        `import * as other from '${specifier}';
export { other };
`,
      ];
    });
    const targets = forbidden.filter(([, target]) => ofProgram(target)).map(([, target]) => [target, value]);
    violations = broken(Object.fromEntries([...importers, ...targets]));
  });

  test.each(forbidden.map((row, i) => [...row, i] as const))('%s/ may not import %s', (folder, _, rule, i) => {
    expect(violations).toContain(`${folder}/a${i}.ts: ${rule}`);
  });

  test('is all that fails', () => {
    expect(violations).toEqual(forbidden.map(([folder, , rule], i) => `${folder}/a${i}.ts: ${rule}`).sort());
  });
});

test('an import of types alone is one too', () => {
  const files = {
    'engine/chem/a.ts': "import type { T } from '../../host/base/b.ts';\nexport type A = T;\n",
    'host/base/b.ts': 'export type T = number;\n',
  };
  expect(broken(files)).toEqual(['engine/chem/a.ts: layer-engine']);
});

test('a Svelte component is held to the map', () => {
  const files = {
    'renderer/ui/A.svelte': '<script lang="ts">\nimport { value } from "../../engine/chem/b.ts";\n</script>\n{value}\n',
    'engine/chem/b.ts': value,
  };
  expect(broken(files)).toEqual(['renderer/ui/A.svelte: layer-renderer']);
});

test('what a feature and the app may import passes', () => {
  const rooms = ['lib', 'ui', 'link', 'state', 'components', 'features/live/parts'];
  const uses = (from: string) =>
    rooms.map((room, i) => `export { value as value${i} } from '${from}${room}/b.ts';\n`).join('');
  const files = Object.fromEntries(rooms.map((room) => [`renderer/${room}/b.ts`, value]));
  expect(broken({ ...files, 'renderer/features/live/a.ts': uses('../../'), 'renderer/app/a.ts': uses('../') })).toEqual(
    [],
  );
});

test('what the highest room of the engine may import passes', () => {
  const rooms = ['base', 'tensor', 'generator', 'objectives', 'learn'];
  const uses = rooms.map((room, i) => `export { value as value${i} } from '../${room}/b.ts';\n`).join('');
  const files = Object.fromEntries(rooms.map((room) => [`engine/${room}/b.ts`, value]));
  expect(broken({ ...files, 'engine/soup/a.ts': uses })).toEqual([]);
});

test('modules that import each other fail, over components too', () => {
  const files = {
    'engine/chem/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'engine/chem/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    'renderer/ui/A.svelte': '<script lang="ts">\nimport { open } from "./open.ts";\n</script>\n{open}\n',
    'renderer/ui/open.ts': 'import A from "./A.svelte";\nexport const open = () => A;\n',
  };
  const cycles = broken(files);
  expect(cycles.filter((line) => line.startsWith('engine/'))).toHaveLength(1);
  expect(cycles.filter((line) => line.startsWith('renderer/'))).toHaveLength(1);
  expect(cycles.every((line) => line.endsWith(': no-cycles'))).toBe(true);
});
