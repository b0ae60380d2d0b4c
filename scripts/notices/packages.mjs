/**
 * @file The packages of others that ship with the app: its dependencies, the development
 * dependencies that are bundled into it, and all that these need.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';
import { filesUnder } from '../lib/stamp.mjs';

/**
 * @typedef {{ version: string, license?: string, dependencies?: Record<string, string>,
 * optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 * peerDependenciesMeta?: Record<string, { optional?: boolean }>, devDependencies?: Record<string, string> }} Locked
 * @typedef {{ licence: string, where: string, copyright?: string[] }} Stated
 * @typedef {{ licence: string, reason: string }} Excepted
 * @typedef {{ name: string, licence: string, url: string, copyright: string[], note: string, package?: string }} Part
 * @typedef {{ allowed: string[], excepted: Record<string, Excepted>, stated: Record<string, Stated>, parts: Part[] }}
 * Rules
 * @typedef {{ name: string, version: string, licence: string, copyright: string[], texts: string[] }} Shipped
 */

/** What is shipped is made from these. Electron ships as a program and is one of the parts in packages.json. */
const SOURCES = ['bin', 'contract', 'db', 'electron', 'engine', 'host', 'renderer'];
const NOT_BUNDLED = new Set(['electron', 'vite', '@sveltejs/vite-plugin-svelte']);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\W|$)/i;

/** @type {Rules} */
export const rules = JSON.parse(readFileSync(join(root, 'scripts/licences/packages.json'), 'utf8'));

/** @type {Record<string, Locked>} */
const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

/** @returns {Shipped[]} sorted by name and version */
export function shippedPackages() {
  const own = locked[''];
  const roots = [...Object.keys(own.dependencies ?? {}), ...bundled(Object.keys(own.devDependencies ?? {}))];
  const places = [...closure(roots)];
  const shipped = places.map(read);
  return shipped.sort((a, b) => compare(`${a.name} ${a.version}`, `${b.name} ${b.version}`));
}

/** By code units, so that the order is the same everywhere. @param {string} a @param {string} b */
export const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** Those of the packages that the sources import. @param {readonly string[]} names */
function bundled(names) {
  const code = filesUnder(root, SOURCES).map((file) => readFileSync(join(root, file), 'utf8'));
  const imports = (/** @type {string} */ name) => new RegExp(`(from|import) ?\\(?['"]${name}(/[^'"]*)?['"]`);
  return names.filter((name) => !NOT_BUNDLED.has(name) && code.some((text) => imports(name).test(text)));
}

/** Places in node_modules of packages and all that they need. @param {readonly string[]} names */
function closure(names) {
  /** @type {Set<string>} */
  const found = new Set();
  const follow = (/** @type {string} */ from, /** @type {string} */ name) => {
    const place = isTypesAlone(name) ? undefined : placeOf(from, name);
    if (place === undefined || found.has(place)) return;
    found.add(place);
    for (const needed of needs(locked[place])) follow(place, needed);
  };
  for (const name of names) follow('', name);
  return found;
}

/** @param {string} name */
const isTypesAlone = (name) => name.includes('types/') || name.startsWith('@webgpu/');

/** Names of what a package needs, without peers that it can do without. @param {Locked} entry */
function needs({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/**
 * Where Node finds a package: in the folder of the one that asks, or above it.
 * @param {string} from place of the package that asks; '' for the app
 * @param {string} name
 * @returns {string | undefined} undefined where it is not installed, such as an optional one of another platform
 */
function placeOf(from, name) {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (Object.hasOwn(locked, place)) return existsSync(join(root, place)) ? place : undefined;
  if (from === '') return undefined;
  const above = from.lastIndexOf('/node_modules/');
  return placeOf(above < 0 ? '' : from.slice(0, above), name);
}

/** @param {string} place @returns {Shipped} */
function read(place) {
  const folder = join(root, place);
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const stated = rules.stated[name];
  const licence = stated?.licence ?? licenceOf(manifest);
  const texts = licenceFiles(folder, licence).map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    name,
    version: manifest.version,
    licence,
    copyright: stated?.copyright ?? (texts.length > 0 ? [] : authors(manifest)),
    texts,
  };
}

/** Names of its files with licences; of a package that offers several licences, that of the first. */
function licenceFiles(/** @type {string} */ folder, /** @type {string} */ licence) {
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort(compare);
  const offered = /^\(?([A-Z]+)[\w.-]* OR /.exec(licence)?.[1];
  const first = files.filter((file) => offered !== undefined && file.toUpperCase().includes(offered));
  return first.length > 0 ? first : files;
}

/** Who made a package that brings no licence text. @param {{ author?: string | { name: string } }} manifest */
function authors({ author }) {
  const name = typeof author === 'string' ? author : author?.name;
  return name ? [`Author: ${name}`] : [];
}

/**
 * @param {{ license?: string | { type: string }, licenses?: readonly { type: string }[] }} manifest
 * @returns {string} '' where it states none
 */
function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.[0]?.type ?? '';
}

/**
 * The licence that is used, of those that an expression such as "(MIT OR WTFPL)" offers.
 * @param {Pick<Shipped, 'name' | 'version' | 'licence'>} shipped
 * @param {Rules} [known]
 * @throws Error where none is on the list in packages.json
 */
export function usedLicence({ name, version, licence }, known = rules) {
  if (Object.hasOwn(known.excepted, name) && known.excepted[name].licence === licence) return licence;
  const used = licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .find((one) => known.allowed.includes(one));
  if (used === undefined)
    throw new Error(
      `${name} ${version} is licensed ${licence === '' ? 'by no licence that it states' : licence}, which is not on the list in scripts/licences/packages.json.`,
    );
  return used;
}
