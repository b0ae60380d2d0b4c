/**
 * TOML text to plain values and back, with the line of every key.
 */
import { parse, stringify, TomlError } from 'smol-toml';
import type { Problem } from '../../contract/api.ts';
import type { Design } from '../../contract/design-shape.ts';
import { indexLines, type LineIndex } from './lines.ts';

export type ParsedToml =
  | { readonly value: unknown; readonly lines: LineIndex; readonly problem: null }
  | { readonly value: null; readonly lines: null; readonly problem: Problem };

export function parseToml(source: string): ParsedToml {
  if (source.trim() === '')
    return refused(1, 'The file is empty. A design needs a name and at least one [[objective]].');
  try {
    return { value: currentKeys(parse(source)), lines: indexLines(source), problem: null };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return refused(error.line, `Not valid TOML at column ${error.column}: ${firstLine(error.message)}.`);
  }
}

/** Designs of version 0.1 name the modality `domain`. */
function currentKeys(design: Record<string, unknown>): Record<string, unknown> {
  if (design.domain === undefined || design.modality !== undefined) return design;
  const { domain, ...rest } = design;
  return { modality: domain, ...rest };
}

function refused(line: number, message: string): ParsedToml {
  return { value: null, lines: null, problem: { path: '', line, message } };
}

/** smol-toml's message is "Invalid TOML document: what", then a picture of the place. */
function firstLine(message: string): string {
  return message
    .split('\n')[0]
    .replace(/^Invalid TOML document: /, '')
    .replace(/\.$/, '');
}

/** A design as the file that the interface saves. */
export function designToml({ name, modality, prior, generate, run, objective, constraint }: Design): string {
  const options = Object.entries({ generate, run }).filter(([, table]) => Object.keys(table).length > 0);
  const tables = [stringify({ name, modality, prior }), ...options.map(([key, table]) => stringify({ [key]: table }))];
  for (const entry of objective) tables.push(stringify({ objective: [entry] }));
  for (const entry of constraint) tables.push(stringify({ constraint: [entry] }));
  return `${tables.map((table) => table.trim()).join('\n\n')}\n`;
}
