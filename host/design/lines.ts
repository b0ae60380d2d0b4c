/**
 * Lines of tables and keys in a TOML source. smol-toml gives positions for
 * syntax errors only; a complaint about a value needs the line of its key, so
 * the source of a document that parsed is scanned once for headers and keys.
 */

/** Path of a value: keys, and positions in arrays of tables. */
type TomlPath = readonly (string | number)[];

export interface LineIndex {
  /** Line (from 1) of the value at the path, or of its nearest ancestor in the file. */
  lineOf(path: TomlPath): number;
}

const HEADER = /^(\[\[?)\s*([^\]]+?)\s*\]\]?/;
const KEY = /^((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=/;
const KEY_PART = /[A-Za-z0-9_-]+|"[^"]*"|'[^']*'/g;

/** @param source a TOML document that parses */
export function indexLines(source: string): LineIndex {
  const lines = new Map<string, number>();
  const counts = new Map<string, number>();
  let table: (string | number)[] = [];
  for (const { text, line } of statements(source)) {
    const header = HEADER.exec(text);
    const key = KEY.exec(text);
    if (header !== null) {
      table = tablePath(header, counts);
      remember(lines, table, line);
    } else if (key !== null) remember(lines, [...table, ...parts(key[1])], line);
  }
  return { lineOf: (path) => lookUp(lines, path) };
}

const keyOf = (path: TomlPath) => JSON.stringify(path);

function remember(lines: Map<string, number>, path: TomlPath, line: number): void {
  for (let n = 1; n <= path.length; n++) {
    const key = keyOf(path.slice(0, n));
    if (!lines.has(key)) lines.set(key, line);
  }
}

function lookUp(lines: ReadonlyMap<string, number>, path: TomlPath): number {
  for (let n = path.length; n > 0; n--) {
    const line = lines.get(keyOf(path.slice(0, n)));
    if (line !== undefined) return line;
  }
  return 1;
}

function parts(dotted: string): string[] {
  return (dotted.match(KEY_PART) ?? []).map((part) => part.replace(/^["']|["']$/g, ''));
}

function tablePath(header: RegExpExecArray, counts: Map<string, number>): (string | number)[] {
  const names = parts(header[2]);
  if (header[1] === '[') return names;
  const key = keyOf(names);
  const position = counts.get(key) ?? 0;
  counts.set(key, position + 1);
  return [...names, position];
}

/** Statements with the line on which each starts; a value may span lines. */
function* statements(source: string): Generator<{ text: string; line: number }> {
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const end = statementEnd(source, at);
    const text = source.slice(at, end);
    const lead = /^\s*/.exec(text)?.[0] ?? '';
    yield { text: text.slice(lead.length), line: line + newlines(lead) };
    line += newlines(text) + 1;
    at = end + 1;
  }
}

const newlines = (text: string) => text.split('\n').length - 1;

/** Position of the newline that ends the statement: outside strings, comments and brackets. */
function statementEnd(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const c = source[i];
    if (c === '\n' && depth <= 0) return i;
    if (c === '#') i = lineEnd(source, i) - 1;
    else if (c === '"' || c === "'") i = stringEnd(source, i) - 1;
    else if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
  }
  return source.length;
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

/** Position after the string that starts at `at`; basic strings have escapes. */
function stringEnd(source: string, at: number): number {
  const quote = source[at];
  const fence = source.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  for (let i = at + fence.length; i < source.length; i++) {
    if (quote === '"' && source[i] === '\\') i++;
    else if (source.startsWith(fence, i)) return i + fence.length;
  }
  return source.length;
}
