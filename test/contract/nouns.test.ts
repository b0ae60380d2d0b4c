/** @file A noun is the prefix of its methods and topics, the name of its contract file and the name of its service. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { methodSchemas, topicSchemas } from '../../contract/api.ts';
import { createHost, type Host } from '../../host/host.ts';
import { root } from '../../scripts/lib/root.mjs';

/** Files of contract/ that belong to no noun. */
const SHARED = ['api', 'common', 'design-shape', 'file-text', 'shell', 'transport', 'wire'];

type Module = Readonly<Record<string, unknown>>;

const filesOf = (folder: string): string[] => readdirSync(join(root, folder)).map((file) => file.replace(/\.ts$/, ''));

const nouns = filesOf('contract').filter((file) => !SHARED.includes(file));

/** What does not belong to the noun. A topic may be the noun alone. */
function strangers(noun: string, names: readonly string[]): string[] {
  return names.filter((name) => name !== noun && !name.startsWith(`${noun}.`));
}

const keysOf = (table: unknown): string[] => Object.keys(table ?? {}).sort();
const ownedBy = (noun: string, table: object): string[] =>
  keysOf(table).filter((name) => strangers(noun, [name]).length === 0);

test('a name of another noun is a stranger, also where the noun begins like it', () => {
  expect(strangers('run', ['run', 'run.get', 'runs.list', 'export.make'])).toEqual(['runs.list', 'export.make']);
});

test('every method and topic has a noun', () => {
  const owned = nouns.flatMap((noun) => [...ownedBy(noun, methodSchemas), ...ownedBy(noun, topicSchemas)]);
  expect(owned.sort()).toEqual([...keysOf(methodSchemas), ...keysOf(topicSchemas)].sort());
});

test('every noun has one service, and no service is without a noun', () => {
  expect(filesOf('host/services').filter((file) => file !== 'context')).toEqual(nouns);
});

describe.each(nouns)('%s', (noun) => {
  let folder: string;
  let host: Host;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'amalgam-nouns-'));
    host = createHost({ workspace: join(folder, 'nouns.amalgam'), consents: join(folder, 'consents.json') });
  });
  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });

  it('has all its methods and topics in its contract file, and no others', async () => {
    const module = (await import(`../../contract/${noun}.ts`)) as Module;
    const tables = Object.keys(module).filter((name) => /(Methods|Topics)$/.test(name));
    expect(
      strangers(
        noun,
        tables.map((name) => name.replace(/(Methods|Topics)$/, '')),
      ),
    ).toEqual([]);
    expect(keysOf(module[`${noun}Methods`])).toEqual(ownedBy(noun, methodSchemas));
    expect(keysOf(module[`${noun}Topics`])).toEqual(ownedBy(noun, topicSchemas));
  });

  it('has a handler of each method in its service, and no others', async () => {
    const module = (await import(`../../host/services/${noun}.ts`)) as Module;
    const service = module[`${noun}Service`] as (context: Host['context']) => object;
    expect(keysOf(service(host.context))).toEqual(ownedBy(noun, methodSchemas));
  });
});
