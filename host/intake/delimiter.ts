/** @file Which mark parts the cells of a text file, by its first lines. */

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What it is called in messages. */
export const delimiterWords: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

const LINES = 30;

/** The mark that parts the most lines as it parts the header; a comma where none does. */
export function delimiterOf(head: string): Delimiter {
  const lines = completeLines(head);
  const scored = delimiters
    .map((delimiter) => ({ delimiter, ...consistency(lines, delimiter) }))
    .filter(({ parts }) => parts > 1);
  const [best] = scored.sort((a, b) => b.share - a.share || b.parts - a.parts);
  return best?.delimiter ?? ',';
}

/** The last line of a head may be cut. */
function completeLines(head: string): string[] {
  const lines = head
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines.slice(0, Math.min(LINES, lines.length - (head.endsWith('\n') ? 0 : 1))) : lines;
}

function consistency(
  lines: readonly string[],
  delimiter: Delimiter,
): { readonly parts: number; readonly share: number } {
  const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length);
  return { parts: counts[0] ?? 0, share: counts.filter((count) => count === counts[0]).length / counts.length };
}
