/** @file Pages of the repository name only files, folders and benchmarks that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.mjs';

const GENERATED = new Set(['.git', 'node_modules', 'dist', 'release']);

/** Every file and folder of the repository, folders with a slash at the end. */
const paths = everythingIn('');

function everythingIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !GENERATED.has(name))
    .flatMap((entry) => {
      const path = folder + entry.name;
      return entry.isDirectory() ? [`${path}/`, ...everythingIn(`${path}/`)] : [path];
    });
}

const rooms = paths.filter((path) => /^[^/.]+\/$/.test(path));

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...paths.filter((path) => /^docs\/[^/]+\.md$/.test(path) || /^docs\/guide\/.+\.md$/.test(path)),
];

/** Names files of data folders that are not part of the repository. */
const RESULTS = 'docs/results.md';

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Targets of links without their anchors, relative to the page. */
function brokenLinks(page: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), decodeURI(target))));
}

/**
 * Paths from the root anywhere in the page, and file names and folders in backticks, which may also be the end of a
 * path under the folder that the heading of their section names. Words in capitals stand for any text.
 */
function unknownPaths(text: string): string[] {
  const sections = text.split(/^(?=### `)/m);
  return sections.flatMap((section) => {
    const folders = /^### .*/.exec(section)?.[0].match(/[\w.-]+\//g) ?? ['(?:.*/)?'];
    const named = [...section.matchAll(/`([\w@-][\w.@*-]*(?:\/[\w.@*-]*)+|[\w-]+(?:\.\w+)?\.(?:ts|svelte|mjs))`/g)];
    const fromRoot = [...section.matchAll(/(?<![\w/.~-])(\w+\/)[\w.@/*-]*[\w/*]/g)].filter(([, room]) =>
      rooms.includes(room),
    );
    const inFolders = named.map((match) => match[1]).filter((name) => !isIn(name, folders));
    return [...inFolders, ...fromRoot.map(([path]) => path).filter((path) => !isIn(path, ['']))];
  });
}

function isIn(name: string, folders: readonly string[]): boolean {
  if (paths.includes(name) || paths.includes(`${name}/`)) return true;
  const pattern = name.replace(/[.+]/g, '\\$&').replace(/\*|\b[A-Z]{2,}\b/g, '[^/]+');
  return folders.some((folder) => {
    const end = new RegExp(`^${folder === '' ? '' : `${folder}(?:.*/)?`}${pattern}/?$`);
    return paths.some((path) => end.test(path));
  });
}

test.each(pages)('the links of %s lead to files', (page) => {
  expect(brokenLinks(page, textOf(page))).toEqual([]);
});

test.each(pages.filter((page) => page !== RESULTS))('the files and folders that %s names exist', (page) => {
  expect(unknownPaths(textOf(page))).toEqual([]);
});

test.each(pages)('the benchmarks that %s names exist', (page) => {
  const names = [...textOf(page).matchAll(/npm run bench -- ([\w-]+)/g)].map(([, name]) => name);
  expect(names.filter((name) => !existsSync(join(root, 'bench', `${name}.ts`)))).toEqual([]);
});

test('a path that does not exist is found', () => {
  expect(
    unknownPaths('`host/runs/runs.ts` in `host/runs/` or `db/migrations/NN-NAME.ts`, `engine/*/merge.ts`'),
  ).toEqual([]);
  expect(unknownPaths('`host/gone.ts`, see `nowhere.ts`')).toEqual(['host/gone.ts', 'nowhere.ts', 'host/gone.ts']);
  expect(unknownPaths('run `npx amalgam design examples/gone.toml`')).toEqual(['examples/gone.toml']);
  expect(unknownPaths('### `host/`\n\n`cli.ts` and `runs/`\n\n### `db/`\n\n`cli.ts`')).toEqual(['cli.ts']);
  expect(brokenLinks('docs/page.md', '[a](glossary.md#x) [b](../README.md) [c](https://x.org/y) [d](gone.md)')).toEqual(
    ['gone.md'],
  );
});
