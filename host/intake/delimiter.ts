/** @file Which mark separates the cells of a text file, by its first lines. */

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number] | ' ';

/** What it is called in messages. */
export const delimiterWords: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
};

const LINES = 30;

/** The mark that separates the most lines as it separates the first; a comma if none does. */
export function delimiterOf(lines: readonly string[]): Delimiter {
  const some = lines.filter((line) => line.trim() !== '').slice(0, LINES);
  const scored = delimiters
    .map((delimiter) => ({ delimiter, ...consistency(some, delimiter) }))
    .filter(({ parts }) => parts > 1);
  const [best] = scored.sort((a, b) => b.share - a.share || b.parts - a.parts);
  return best?.delimiter ?? ',';
}

function consistency(
  lines: readonly string[],
  delimiter: Delimiter,
): { readonly parts: number; readonly share: number } {
  const counts = lines.map((line) => cellsOf(line, delimiter).length);
  return { parts: counts[0] ?? 0, share: counts.filter((count) => count === counts[0]).length / counts.length };
}

/** Cells of one line, for looking at it: marks in quotes count as text, and the quotes are removed. */
export function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (delimiter === ' ') return line.trim().split(/\s+/);
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

/** Marks that may separate cells, in the order in which they are tried. */
export const tried: readonly Delimiter[] = ['\t', ';', ',', '|', ' '];

/** The mark of Excel's line "sep=;"; null for any other line. */
export function saidDelimiter(line: string): Delimiter | null {
  const said = /^"?sep=(.)"?\s*$/i.exec(line)?.[1];
  return [...delimiters].find((delimiter) => delimiter === said) ?? null;
}
