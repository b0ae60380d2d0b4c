/**
 * @file Checks the parameters of an objective against its declaration. They come from a design file or from the compact
 * text of the command line, ID[:name=value,...].
 */
import { z } from 'zod';
import { suggestion } from '../base/nearest.ts';
import { ParameterError } from '../base/parameter-error.ts';
import { type AnyObjective, findObjective } from './catalogue.ts';
import { type InputKind, inputKinds, type ObjectiveRequest } from './types.ts';

/**
 * Fills in defaults and checks types, ranges and names.
 * @param named values by the parameters' names or short names
 * @throws ParameterError, which names the parameter and, if it is unknown, the nearest valid name
 */
export function checkParameters(
  objective: AnyObjective,
  named: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = withFullNames(objective, named);
  const result = objective.parameters.safeParse(listed(objective, given), { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue.path[0]);
  if (!(name in given))
    throw new ParameterError(
      name,
      `Objective "${objective.id}" needs the parameter "${name}": ${help(objective, name)}`,
    );
  throw new ParameterError(name, `Parameter "${name}" of objective "${objective.id}": ${explain(issue)}`);
}

const typeWords: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
};

/** Explains what is wrong with a value, with the nearest valid choice or the end of the range. */
function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value' && typeof issue.input === 'string')
    return `there is no "${issue.input}".${suggestion(issue.input, issue.values.map(String))}`;
  if (issue.code === 'invalid_type') return `it must be ${typeWords[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'it is empty';
  if (typeof issue.input !== 'number') return issue.message;
  if (issue.code === 'too_small')
    return `it must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}, not ${issue.input}`;
  if (issue.code === 'too_big')
    return `it must be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}, not ${issue.input}`;
  return issue.message;
}

/** @throws ParameterError for a name that is unknown or given in both its forms */
function withFullNames(objective: AnyObjective, named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = Object.keys(objective.parameters.shape);
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(named)) {
    const full = fullName(objective, name);
    if (!known.includes(full)) throw unknownParameter(objective, name, known);
    if (full in given) throw new ParameterError(full, `Objective "${objective.id}" has the parameter "${full}" twice`);
    given[full] = value;
  }
  return given;
}

/** The full name of a parameter for its short name. Other names are returned unchanged. */
export function fullName(objective: AnyObjective, name: string): string {
  const [full] = Object.entries(objective.parameters.shape).find(([, declared]) => aliasOf(declared) === name) ?? [
    name,
  ];
  return full;
}

/** A single structure, sequence or file may be given instead of a list of one. */
function listed(objective: AnyObjective, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isList = (name: string) =>
    ['structures', 'sequences'].includes(inputOf(objective.parameters.shape[name]) ?? '');
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' && isList(name) ? [value] : value]),
  );
}

function unknownParameter(objective: AnyObjective, name: string, known: readonly string[]): ParameterError {
  const rest = known.length === 0 ? ' It has no parameters.' : suggestion(name, known);
  return new ParameterError(name, `Objective "${objective.id}" has no parameter "${name}".${rest}`);
}

function help(objective: AnyObjective, name: string): string {
  return objective.parameters.shape[name].description ?? 'no default';
}

/** The start of a parameter: at the beginning or after a comma, a word and an equals sign. */
const PARAMETER_START = /(?:^|,)([A-Za-z][\w-]*)=/g;

/**
 * Reads ID[:name=value,...], for example similarity:reference=CC(=O)O,fingerprint=ecfp6. A comma ends a value only if a
 * word and "=" follow it, so commas and equals signs inside SMILES, SMARTS ([C,N]=O) and lists (sets=pains,brenk) are
 * kept.
 * @throws UnknownObjectiveError, ParameterError
 */
export function parseCompact(text: string): ObjectiveRequest {
  const colon = text.indexOf(':');
  const objective = findObjective((colon < 0 ? text : text.slice(0, colon)).trim());
  if (colon < 0) return { id: objective.id, parameters: checkParameters(objective, {}) };
  const parts = splitParameters(objective, text.slice(colon + 1));
  const given = Object.fromEntries(parts.map(([name, value]) => [name, fromText(objective, name, value)]));
  return { id: objective.id, parameters: checkParameters(objective, given) };
}

function splitParameters(objective: AnyObjective, text: string): [name: string, value: string][] {
  const starts = [...text.matchAll(PARAMETER_START)];
  if (starts[0]?.index !== 0)
    throw new ParameterError('', `"${text}" after "${objective.id}:" should be name=value pairs separated by commas`);
  return starts.map((start, i) => [start[1], text.slice(start.index + start[0].length, starts[i + 1]?.index).trim()]);
}

/** Splits lists at commas and reads numbers and booleans. The declaration checks the rest. */
function fromText(objective: AnyObjective, name: string, value: string): unknown {
  const declared = objective.parameters.shape[fullName(objective, name)];
  const type = declared ? bareType(declared) : undefined;
  if (type instanceof z.ZodArray) return value.split(',').map((item) => item.trim());
  if (type instanceof z.ZodNumber) return value === '' ? value : Number(value);
  if (type instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** What a form or a design file offers for a parameter beyond its type, declared by `.meta({ input })`. */
export function inputOf(declared: z.core.$ZodType | undefined): InputKind | undefined {
  const input = metaOf(declared)?.input;
  return inputKinds.find((kind) => kind === input);
}

/** Whether a parameter takes names from shipped tables, declared by `.meta({ suggest })`. */
export function isNamed(declared: z.core.$ZodType | undefined): boolean {
  return metaOf(declared)?.suggest !== undefined;
}

/** Short name of a parameter, declared by `.meta({ alias })`. */
function aliasOf(declared: z.core.$ZodType | undefined): string | undefined {
  const alias = metaOf(declared)?.alias;
  return typeof alias === 'string' ? alias : undefined;
}

/** Metadata of a type, or of the type that it makes optional. */
function metaOf(declared: z.core.$ZodType | undefined): z.core.GlobalMeta | undefined {
  return declared && { ...z.globalRegistry.get(bareType(declared)), ...z.globalRegistry.get(declared) };
}

/** The declared type without its default and without its optionality. */
function bareType(type: z.core.$ZodType): z.core.$ZodType {
  return type instanceof z.ZodDefault || type instanceof z.ZodOptional ? bareType(type.def.innerType) : type;
}

/** Formats ID, or ID:name=value,... with the given parameters, for column names. The inverse of parseCompact. */
export function formatCompact({ id, parameters }: ObjectiveRequest): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`,
  );
  return pairs.length === 0 ? id : `${id}:${pairs.join(',')}`;
}
