/**
 * @file Markdown documents that come with the program or are stored beside a model, each with its pictures in one text.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { DocumentText } from '../../contract/api.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import { InputError } from '../base/errors.ts';
import { guideFolder } from '../base/paths.ts';

const PICTURES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
};
const MARKDOWN_ENDING = '.md';

/** @param file a Markdown file that exists */
export function readDocument(file: string): DocumentText {
  const text = readFileSync(file, 'utf8');
  return { title: titleOf(text) ?? basename(file, extname(file)), markdown: withPictures(text, dirname(file)) };
}

function titleOf(markdown: string): string | undefined {
  return /^# (.+)$/m.exec(markdown)?.[1].trim();
}

/** The first line that is neither a heading nor empty; '' if there is none. */
export function firstLine(markdown: string): string {
  return (
    markdown
      .split('\n')
      .find((line) => line.trim() !== '' && !line.startsWith('#'))
      ?.trim() ?? ''
  );
}

/**
 * Replaces pictures from files beside the text, or in folders below, by data URIs. Other references are unchanged and
 * appear as their alternative text.
 */
function withPictures(markdown: string, folder: string): string {
  return markdown.replace(/!\[([^\]]*)\]\(([\w./-]+)\)/g, (whole, words: string, path: string) => {
    const type = PICTURES[extname(path)];
    const file = join(folder, path);
    if (type === undefined || path.split('/').includes('..') || !existsSync(file)) return whole;
    return `![${words}](data:${type};base64,${readFileSync(file).toString('base64')})`;
  });
}

/** The card of a generator or predictor: druglike.md beside druglike.safetensors, or README.md in a folder. */
export function cardFile(file: string): string {
  return statSync(file).isDirectory()
    ? join(file, `README${MARKDOWN_ENDING}`)
    : join(dirname(file), `${basename(file, extname(file))}${MARKDOWN_ENDING}`);
}

/** @throws InputError naming the nearest page */
export function guidePage(page: string): DocumentText {
  const pages = readdirSync(guideFolder)
    .filter((file) => file.endsWith(MARKDOWN_ENDING))
    .map((file) => basename(file, MARKDOWN_ENDING));
  if (pages.includes(page)) return readDocument(join(guideFolder, `${page}${MARKDOWN_ENDING}`));
  throw new InputError(`Page not found: the guide has no page "${page}".${didYouMean(page, pages)}`);
}
