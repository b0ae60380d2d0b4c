/**
 * @file Tells whether a build is up to date: a hash over the content of everything it
 * is made from, kept beside the output. Content and not times, since a checkout gives
 * every file a new time.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * All files under the given files and folders, sorted.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function filesUnder(root, paths) {
  return paths
    .filter((path) => existsSync(join(root, path)))
    .flatMap((path) => listed(root, path))
    .sort();
}

/** @param {string} root @param {string} path @returns {string[]} */
function listed(root, path) {
  const entries = readdirOrNull(join(root, path));
  if (entries === null) return [path];
  return entries.flatMap((entry) =>
    entry.isDirectory() ? listed(root, join(path, entry.name)) : [join(path, entry.name)],
  );
}

/** @param {string} path */
function readdirOrNull(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return null;
    throw error;
  }
}

/** @param {string} root @param {readonly string[]} paths files and folders, relative to root */
export function hashOf(root, paths) {
  const hash = createHash('sha256');
  for (const file of filesUnder(root, paths)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The hash that the last finished build left, or null. @param {string} stamp */
export function readStamp(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

/**
 * Puts a file in place in one go: a reader sees the old or the new one, never a part.
 * @param {string} file
 * @param {string | Uint8Array} content
 */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
