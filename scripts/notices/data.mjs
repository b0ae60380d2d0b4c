/** @file Licences of shipped weights and tables, from models/licences.json, and what the cards say of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from '../lib/root.mjs';

/**
 * @typedef {{ name: string, licence: string | null, url: string, attribution: string, copyright?: string[], note?:
 * string }} Source
 * @typedef {{ name: string, kind: 'weights' | 'table', licence: string, made: string, meaning?: string,
 * sources: Source[] }} Data `meaning` says what users may do if a source states no licence, or has terms of its own
 */

/** How a licence is called, where that is not its SPDX identifier. */
const LABELS = /** @type {Readonly<Record<string, string>>} */ ({
  'BSD-3-Clause': 'BSD, three clauses',
  'CC-BY-4.0': 'CC BY 4.0',
  'CC-BY-SA-3.0': 'CC BY-SA 3.0',
  'CC0-1.0': 'CC0 1.0',
});
const LINKS = /** @type {Readonly<Record<string, string>>} */ ({
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-3.0': 'https://creativecommons.org/licenses/by-sa/3.0/',
});
const HEADING = '## Data and licences';
/** The rest of a card goes on below these. */
const AFTER = '## Limits';

/** @type {Data[]} */
export const data = JSON.parse(readFileSync(join(root, 'models/licences.json'), 'utf8'));

/**
 * Names of what lies in models/: folders, and files up to the first dot; each once. The test holds licences.json to it.
 * @internal @param {string} [folder]
 */
export function modelNames(folder = join(root, 'models')) {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || extname(entry.name) !== '.json')
    .map((entry) => entry.name.split('.')[0]);
  return [...new Set(names)].sort();
}

/** @param {string | null} licence */
export const label = (licence) => (licence === null ? 'not stated' : (LABELS[licence] ?? licence));

/** @param {string} name @returns {string} path of its card, from the root */
export function cardOf(name) {
  const beside = `models/${name}.md`;
  return existsSync(join(root, beside)) ? beside : `models/${name}/README.md`;
}

/** A card with a new section on licences. @param {Data} one @returns {string} */
export function cardText(one) {
  const card = readFileSync(join(root, cardOf(one.name)), 'utf8');
  const sections = card.split(/^(?=## )/m).filter((section) => !section.startsWith(HEADING));
  const limits = sections.findIndex((section) => section.startsWith(AFTER));
  const at = limits < 0 ? sections.length : limits;
  const parts = [...sections.slice(0, at), section(one), ...sections.slice(at)];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/** @param {Data} one */
function section({ kind, licence, meaning, sources }) {
  const link = LINKS[licence];
  const name = link === undefined ? label(licence) : `[${label(licence)}](${link})`;
  const notes = sources.flatMap((source) => (source.note === undefined ? [] : [`- ${source.name}. ${source.note}`]));
  return [
    HEADING,
    `Licence of the ${kind}: ${name}. Please credit the sources.${shareAlike(licence)}`,
    '',
    '| source | licence | credit |',
    '|---|---|---|',
    ...sources.map(
      (source) => `| ${source.name} | [${label(source.licence)}](${source.url}) | ${source.attribution} |`,
    ),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(meaning === undefined ? [] : ['', `What this means: ${meaning}`]),
  ].join('\n');
}

/** @param {string} licence */
function shareAlike(licence) {
  return licence.includes('-SA-') ? ' ChEMBL requires that adaptations are shared under the same licence.' : '';
}
