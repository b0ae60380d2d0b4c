/** @file Texts of licences: the same one under many names is printed once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';
import { compare, usedLicence } from './packages.mjs';

/**
 * @typedef {import('./packages.mjs').Shipped} Shipped
 * @typedef {{ name: string, copyright: string[] }} Holder what a text applies to
 * @typedef {{ licence: string, text: string, holders: Holder[] }} Group a text without its copyright lines; '' where
 * nobody gives it
 */

const COPYRIGHT = /^[\W_]*(Copyright(?! [Hh]older| [Nn]otice| [Ll]icense)\s*[A-Z0-9(©<]|\([cC]\)\s*\d|©\s*\d)/;
const APACHE = /Apache License\s+Version 2\.0, January 2004/;
const TEMPLATE = /\[yyyy\]|\{yyyy\}|\byear\b.*\bname\b/i;
const TITLE = /^\W*(the )?[\w\s-]{0,20}licen[cs]e[\w\s()[\]:.-]{0,20}$/i;

/** Lines that say who holds the rights, such as "Copyright (c) 2020 Ada". @param {string} text */
export function copyrightLines(text) {
  const lines = text.split('\n').filter((line) => COPYRIGHT.test(line) && !TEMPLATE.test(line));
  return [...new Set(lines.map((line) => line.replace(/^[\s*#/]+/, '').trim()))];
}

/** A text without its title and its copyright lines. @param {string} text */
export function body(text) {
  const lines = text.replaceAll('\r', '').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !TITLE.test(line));
  return lines
    .slice(Math.max(0, first))
    .filter((line) => !COPYRIGHT.test(line) || TEMPLATE.test(line))
    .filter((line) => !/^\W*all rights reserved\W*$/i.test(line))
    .join('\n')
    .trim();
}

/** What two texts have in common that differ in line breaks, quotes or capitals. @param {string} text */
const keyOf = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The text of a licence that is kept here. @param {string} licence @returns {string} '' where none is */
export function keptText(licence) {
  const file = join(root, 'scripts/licences', `${licence}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/**
 * Packages by the text of their licence. One that brings no text is with the first of its licence.
 * @param {readonly Shipped[]} packages
 * @returns {Group[]} by licence, the text with most packages first
 */
export function groups(packages) {
  /** @type {Map<string, Group>} */
  const found = new Map();
  for (const shipped of packages) {
    const licence = usedLicence(shipped);
    for (const { text, copyright } of textsOf(shipped, licence)) {
      const key = `${licence} ${keyOf(text)}`;
      const group = found.get(key) ?? { licence, text, holders: [] };
      group.holders.push({ name: `${shipped.name} ${shipped.version}`, copyright });
      found.set(key, group);
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.licence, b.licence) || b.holders.length - a.holders.length || compare(a.text, b.text),
  );
}

/** @param {Shipped} shipped @param {string} licence */
function textsOf({ texts, copyright }, licence) {
  const kept = keptText(licence);
  if (texts.length === 0) return [{ text: kept, copyright }];
  return texts.map((text) => ({
    text: isKept(text, kept) ? kept : body(text),
    copyright: [...copyright, ...copyrightLines(text)],
  }));
}

/** Whether a text says what the kept one does: the same words, or the Apache licence in another layout. */
function isKept(/** @type {string} */ text, /** @type {string} */ kept) {
  return keyOf(body(text)) === keyOf(kept) || (APACHE.test(text) && APACHE.test(kept));
}
