/** @file Loads the contract as it runs: every schema that a file of it declares, exported or not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * What the reference reads of a schema of zod.
 * @typedef {{ _zod: { def: { type: string, innerType?: Schema, element?: Schema, shape?: Record<string, Schema>,
 * valueType?: Schema, items?: Schema[], rest?: Schema | null, options?: Schema[], discriminator?: string, in?: Schema,
 * catchall?: Schema, values?: unknown[], entries?: Record<string, string>, defaultValue?: unknown, checks?: object[] }
 * } }} Schema
 * @typedef {{ params: Schema, result: Schema }} Method
 * @typedef {{ params: Schema, event: Schema }} Topic
 * @typedef {{ files: Map<string, Record<string, unknown>>, methods: Record<string, Method>, topics: Record<string,
 * Topic>, errorCodes: readonly string[], limitsOf: (schema: Schema) => Record<string, unknown> }} Contract
 */

/**
 * @param {string} root folder that holds contract/ @param {ReadonlyMap<string, { declared: ReadonlyMap<string, unknown>
 * }>} sources path -> what it declares
 * @returns {Promise<Contract>}
 */
export async function loadContract(root, sources) {
  const paths = [...sources.keys()];
  const { outputFiles } = await build({
    stdin: { contents: entryOf(paths), resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    plugins: [withNames(root, sources)],
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { api, z, ...modules } = await import(`data:text/javascript;base64,${code}`);
  return {
    files: new Map(paths.map((path, index) => [path, modules[`file${index}`]])),
    methods: api.methodSchemas,
    topics: api.topicSchemas,
    errorCodes: api.errorCodes,
    limitsOf: (schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  };
}

/** @param {readonly string[]} paths */
function entryOf(paths) {
  const files = paths.map((path, index) => `export { declaredHere as file${index} } from './${path}';`);
  return [...files, "export * as api from './contract/api.ts';", "export { z } from 'zod';"].join('\n');
}

/**
 * Gives every file of the contract an export with all that it declares.
 * @param {string} root @param {ReadonlyMap<string, { declared: ReadonlyMap<string, unknown> }>} sources
 * @returns {import('esbuild').Plugin}
 */
function withNames(root, sources) {
  const byPath = new Map([...sources].map(([path, source]) => [join(root, path), source]));
  return {
    name: 'with-names',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]contract[\\/].*\.ts$/ }, ({ path }) => {
        const source = byPath.get(path);
        if (source === undefined) return undefined;
        const names = [...source.declared.keys()].join(', ');
        return { contents: `${readFileSync(path, 'utf8')}\nexport const declaredHere = { ${names} };`, loader: 'ts' };
      });
    },
  };
}
