/**
 * Parameters of an objective as a user gives them: checked against the
 * objective's declaration, from a design file's values or from the compact text
 * form of the command line, ID[:name=value,...].
 */
import { z } from 'zod';
import { suggestion } from '../base/nearest.ts';
import { ParameterError } from '../base/parameter-error.ts';
import { type AnyObjective, findObjective } from './catalogue.ts';
import { type InputKind, inputKinds, type ObjectiveRequest } from './types.ts';

/**
 * Fills defaults and checks types, ranges and names.
 * @param named values under the parameters' names, or their short names
 * @throws ParameterError naming the parameter, with the nearest valid name where it is unknown
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

/** A choice that does not exist is answered with the nearest one, a number out of range with the range's end. */
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

/** @throws ParameterError for a name that is unknown, or given in both its forms */
function withFullNames(objective: AnyObjective, named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = Object.keys(objective.parameters.shape);
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(named)) {
    const full = fullName(objective, name);
    if (!known.includes(full)) throw unknownParameter(objective, name, known);
    if (full in given)
      throw new ParameterError(full, `Objective "${objective.id}" is given the parameter "${full}" twice`);
    given[full] = value;
  }
  return given;
}

/** The parameter that a short name means; other names stay as they are. */
export function fullName(objective: AnyObjective, name: string): string {
  const [full] = Object.entries(objective.parameters.shape).find(([, declared]) => aliasOf(declared) === name) ?? [
    name,
  ];
  return full;
}

/** A single structure, sequence or file may stand for a list of one. */
function listed(objective: AnyObjective, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isList = (name: string) =>
    ['structures', 'sequences'].includes(inputOf(objective.parameters.shape[name]) ?? '');
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' && isList(name) ? [value] : value]),
  );
}

function unknownParameter(objective: AnyObjective, name: string, known: readonly string[]): ParameterError {
  const rest = known.length === 0 ? ' It has none.' : suggestion(name, known);
  return new ParameterError(name, `Objective "${objective.id}" has no parameter "${name}".${rest}`);
}

function help(objective: AnyObjective, name: string): string {
  return objective.parameters.shape[name].description ?? 'no default';
}

/** Where a parameter starts: at the front or after a comma, a word and an equals sign. */
const PARAMETER_START = /(?:^|,)([A-Za-z][\w-]*)=/g;

/**
 * Reads ID[:name=value,...], e.g. similarity:reference=CC(=O)O,fingerprint=ecfp6.
 * A comma ends a value only where a word and "=" follow, so commas and equals
 * signs inside SMILES, SMARTS ([C,N]=O) and lists (sets=pains,brenk) stay.
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

/** A list parameter is split at commas, a number or yes/no read as such; the declaration checks the rest. */
function fromText(objective: AnyObjective, name: string, value: string): unknown {
  const declared = objective.parameters.shape[fullName(objective, name)];
  const type = declared ? bareType(declared) : undefined;
  if (type instanceof z.ZodArray) return value.split(',').map((item) => item.trim());
  if (type instanceof z.ZodNumber) return value === '' ? value : Number(value);
  if (type instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** What a form or a design file offers for a parameter beyond its type, as declared by `.meta({ input })`. */
export function inputOf(declared: z.core.$ZodType | undefined): InputKind | undefined {
  const input = metaOf(declared)?.input;
  return inputKinds.find((kind) => kind === input);
}

/** Whether it holds names of shipped tables, as declared by `.meta({ suggest })`. */
export function isNamed(declared: z.core.$ZodType | undefined): boolean {
  return metaOf(declared)?.suggest !== undefined;
}

/** A parameter's short name, as declared by `.meta({ alias })`. */
export function aliasOf(declared: z.core.$ZodType | undefined): string | undefined {
  const alias = metaOf(declared)?.alias;
  return typeof alias === 'string' ? alias : undefined;
}

/** Declared of a type, or of what it makes optional. */
function metaOf(declared: z.core.$ZodType | undefined): z.core.GlobalMeta | undefined {
  return declared && { ...z.globalRegistry.get(bareType(declared)), ...z.globalRegistry.get(declared) };
}

/** The declared type under its default, or that may be left out. */
function bareType(type: z.core.$ZodType): z.core.$ZodType {
  return type instanceof z.ZodDefault || type instanceof z.ZodOptional ? bareType(type.def.innerType) : type;
}

/** ID, or ID:name=value,... with the parameters that were given: the inverse of parseCompact, for column names. */
export function formatCompact({ id, parameters }: ObjectiveRequest): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`,
  );
  return pairs.length === 0 ? id : `${id}:${pairs.join(',')}`;
}
