/** @file Parses comma-separated lists that users type or paste. */

/** Items of a comma-separated list. */
export function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The item at the caret, with its position between commas. */
export function itemAt(text: string, caret: number): { start: number; end: number; item: string } {
  const start = text.lastIndexOf(',', caret - 1) + 1;
  const next = text.indexOf(',', caret);
  const end = next < 0 ? text.length : next;
  return { start, end, item: text.slice(start, end).trim() };
}
