/**
 * Node's module hooks that take the types out of TypeScript, for modules of the
 * user's own: Node 20 cannot by itself. Sucrase is plain JavaScript, the same on
 * every platform, 2 MB; a compiler with a binary for each would be many times that.
 */
import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from 'sucrase';

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !/\.m?ts$/.test(url)) return next(url, context);
  const filePath = fileURLToPath(url);
  const { code } = transform(await readFile(filePath, 'utf8'), {
    transforms: ['typescript'],
    disableESTransforms: true,
    filePath,
  });
  return { format: 'module', source: code, shortCircuit: true };
};
