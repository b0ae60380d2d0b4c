/** @file Lists as they are typed or pasted: names with commas, sequences one a line or as FASTA. */

/** Of a list that is written with commas. */
export function itemsOf(text: string): string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}

/** The item in which the caret stands, with its place between commas. */
export function itemAt(text: string, caret: number): { start: number; end: number; item: string } {
  const start = text.lastIndexOf(',', caret - 1) + 1;
  const next = text.indexOf(',', caret);
  const end = next < 0 ? text.length : next;
  return { start, end, item: text.slice(start, end).trim() };
}

/** Sequences of a pasted text: records of FASTA, whose lines belong together, or one a line. */
export function sequencesOf(text: string): string[] {
  const isFasta = /^\s*>/.test(text);
  const parts = isFasta ? text.split(/^\s*>.*$/m).map((record) => record.replace(/\s+/g, '')) : text.split(/[\n,]/).map((line) => line.trim());
  return parts.filter((part) => part !== '');
}
