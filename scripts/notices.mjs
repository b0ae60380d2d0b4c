/**
 * @file npm run notices: makes THIRD_PARTY_NOTICES.md, and the section on licences of every model card, from
 * package-lock.json, node_modules, scripts/licences and models/licences.json.
 */
import { join } from 'node:path';
import { isProgram, root } from './lib/root.mjs';
import { fail, say } from './lib/say.mjs';
import { writeWhole } from './lib/stamp.mjs';
import { cardOf, cardText, data, label } from './notices/data.mjs';
import { rules, shippedPackages } from './notices/packages.mjs';
import { groups, keptText } from './notices/texts.mjs';

/**
 * @typedef {import('./notices/data.mjs').Data} Data
 * @typedef {import('./notices/data.mjs').Source} Source
 * @typedef {import('./notices/texts.mjs').Group} Group
 */

const FILE = 'THIRD_PARTY_NOTICES.md';
const INTRODUCTION = `# Third-party notices

Amalgam contains software, data and weights of others. This page names each with its licence and its copyright, and
gives the texts of the licences. Amalgam itself is under the MIT licence (the file LICENSE).`;

const PACKAGES = `These are the packages that the app uses, and the packages that they name as needed. Where no text of a licence
follows, it is the one at the end of this page.`;

/** @returns {Map<string, string>} path from the root -> what the file has to say */
export function notices() {
  const cards = data.map((one) => /** @type {const} */ ([cardOf(one.name), cardText(one)]));
  return new Map([[FILE, page()], ...cards]);
}

function page() {
  const sections = [INTRODUCTION, parts(), packages(), models(), texts()];
  return `${sections.join('\n\n')}\n`;
}

function parts() {
  const lines = rules.parts.map(({ name, licence, url, copyright, note }) =>
    item(name, [`[${licence}](${url})`, ...copyright, note]),
  );
  return ['## Programs and libraries', ...lines].join('\n');
}

function packages() {
  const found = groups(shippedPackages());
  const sections = found.map(
    (one, i) => `${found[i - 1]?.licence === one.licence ? '' : `### ${one.licence}\n`}${group(one)}`,
  );
  return ['## Packages', PACKAGES, ...sections].join('\n\n');
}

/** @param {Group} one */
function group({ licence, text, holders }) {
  const names = holders.map(({ name, copyright }) => item(name, copyright));
  const exceptions = holders.flatMap(({ name }) => {
    const excepted = rules.excepted[name.slice(0, name.lastIndexOf(' '))];
    return excepted === undefined ? [] : ['', excepted.reason];
  });
  const same = text === keptText(licence);
  const below = same && text !== '' ? [] : ['', text === '' ? standardLink(licence) : block(text)];
  return [...names, ...exceptions, ...below].join('\n');
}

/** @param {string} licence */
const standardLink = (licence) => `The text of the licence: https://spdx.org/licenses/${licence}.html`;

function models() {
  const made = data.map((one) =>
    [
      `### ${one.name}`,
      `Licence: ${label(one.licence)}. ${one.made}`,
      '',
      ...one.sources.map(source),
      ...(one.meaning === undefined ? [] : ['', `What this means: ${one.meaning}`]),
    ].join('\n'),
  );
  return ['## Data and weights', ...made].join('\n\n');
}

/** @param {Source} one */
function source({ name, licence, url, attribution, copyright, note }) {
  return item(name, [`[${label(licence)}](${url})`, attribution, ...(copyright ?? []), ...(note ? [note] : [])]);
}

function texts() {
  const known = ['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0', 'Biopython'].map(
    (licence) => `### ${licence}\n${block(keptText(licence))}`,
  );
  return ['## Texts of licences', ...known].join('\n\n');
}

/** @param {string} name @param {readonly string[]} facts */
function item(name, facts) {
  const sentences = facts.map((fact) => fact.replace(/\.$/, '').replaceAll('<', '\\<'));
  return facts.length === 0 ? `- ${name}` : `- ${name}: ${sentences.join('. ')}.`;
}

/** @param {string} text */
function block(text) {
  return `\`\`\`\n${text}\n\`\`\``;
}

async function main() {
  const made = notices();
  for (const [file, text] of made) writeWhole(join(root, file), text);
  say(`Made ${FILE} and the licences in ${made.size - 1} model cards.`);
}

if (isProgram(import.meta.url)) await main().catch(fail);
