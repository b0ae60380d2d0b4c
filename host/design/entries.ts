/**
 * Checks the objectives and constraints of a design one by one against the engine's
 * declarations, and completes them with defaults.
 */
import type { Problem } from '../../contract/api.ts';
import {
  type ConstraintEntry,
  type ObjectiveEntry,
  type ParameterValue,
  parameterValue,
} from '../../contract/design-shape.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { didYouMean, nearest } from '../../engine/base/nearest.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import {
  type AnyObjective,
  catalogue,
  findObjective,
  UnknownObjectiveError,
} from '../../engine/objectives/catalogue.ts';
import { ConstraintError, resolveConstraint } from '../../engine/objectives/constraints.ts';
import type { Fitted } from '../../engine/objectives/distribution.ts';
import { fittedKeys, GoalError, resolveGoal } from '../../engine/objectives/goals.ts';
import { checkParameters, fullName } from '../../engine/objectives/parameters.ts';
import { refuseForeign } from '../../engine/objectives/scoring.ts';
import { asGiven } from '../models/predictors.ts';
import { goalText, type ResolvedConstraint, type ResolvedObjective } from './resolved.ts';
import { resolveParameters, type StructureContext } from './structures.ts';

export const OBJECTIVE_KEYS = [
  'id',
  'label',
  'goal',
  'weight',
  'from',
  'to',
  'target',
  'tolerance',
  'range',
  'at_least',
  'at_most',
  'points',
] as const;
export const CONSTRAINT_KEYS = ['id', 'enforce', 'min', 'max', 'tolerance', 'start', 'rate', 'allowed'] as const;

/** What the checks of entries need. */
export interface EntryContext extends StructureContext {
  /** What the design is for. */
  readonly modality: Modality;
  /** Numbers fitted to samples of the design's prior; none where the objective's own defaults apply. */
  readonly fitted: (objective: AnyObjective, parameters: Readonly<Record<string, unknown>>) => Partial<Fitted>;
}

type Entry = ObjectiveEntry | ConstraintEntry;

/** `notes` are not problems: they list what was omitted from a file of references. */
export type Checked<T> =
  | { readonly value: T; readonly problems: readonly []; readonly notes: readonly Problem[] }
  | { readonly value: null; readonly problems: readonly Problem[]; readonly notes: readonly [] };

/** A completed entry, and notes about its parameters. */
interface Made<T> {
  readonly value: T;
  readonly notes: readonly string[];
}

/** A problem found while an entry is completed. */
class EntryProblem extends Error {
  readonly key: string;
  readonly suggestion: string | undefined;
  constructor(key: string, message: string, suggestion?: string) {
    super(message);
    this.key = key;
    this.suggestion = suggestion;
  }
}

export function checkObjective(entry: ObjectiveEntry, path: string, context: EntryContext): Checked<ResolvedObjective> {
  return collect(path, entry, () => {
    const declared = find(entry.id, context.modality);
    const { parameters, names, notes } = entryParameters(declared, entry, OBJECTIVE_KEYS, context);
    const objective = ofModality(asGiven(declared, parameters), context.modality);
    const weight = entry.weight ?? 1;
    if (!Number.isFinite(weight) || weight < 0)
      throw new EntryProblem('weight', `A weight must be 0 or more, not ${weight}.`, '0');
    const fitted = context.fitted(objective, parameters);
    const goal = resolveGoal(objective, entry, fitted);
    const keys = fittedKeys(goal, entry, fitted);
    const detail = [...names, goalText(goal, objective.unit)].join(', ');
    return {
      value: {
        id: objective.id,
        label: entry.label ?? objective.label,
        detail,
        unit: objective.unit,
        goal,
        ...(keys.length > 0 && { fitted: keys }),
        weight,
        parameters,
      },
      notes,
    };
  });
}

export function checkConstraint(
  entry: ConstraintEntry,
  path: string,
  context: EntryContext,
): Checked<ResolvedConstraint> {
  return collect(path, entry, () => {
    const declared = find(entry.id, context.modality);
    const { parameters, notes } = entryParameters(declared, entry, CONSTRAINT_KEYS, context);
    const objective = ofModality(asGiven(declared, parameters), context.modality);
    const { min, max } = entry;
    const { tolerance, learned } = resolveConstraint(objective, entry);
    const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    return {
      value: {
        id: objective.id,
        label: objective.label,
        unit: objective.unit,
        ...bounds,
        tolerance,
        ...(learned && { learned }),
        parameters,
      },
      notes,
    };
  });
}

function collect<T>(path: string, entry: Entry, make: () => Made<T>): Checked<T> {
  try {
    const { value, notes } = make();
    return { value, problems: [], notes: notes.map((message) => ({ path, message })) };
  } catch (error) {
    return { value: null, problems: [problemOf(error, path, entry)], notes: [] };
  }
}

function problemOf(error: unknown, path: string, entry: Entry): Problem {
  const at = (key: string, message: string, suggestion?: string) => ({
    path: key === '' ? path : `${path}.${key}`,
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
  if (error instanceof EntryProblem) return at(error.key, error.message, error.suggestion);
  if (error instanceof UnknownObjectiveError)
    return at(
      'id',
      error.message,
      nearest(
        error.id,
        catalogue.map(({ id }) => id),
      ),
    );
  if (error instanceof GoalError) return at(error.key, sentence(error.message));
  if (error instanceof ConstraintError) return at(error.key, ofLimit(path, entry, sentence(error.message)));
  if (error instanceof ParameterError) {
    const message = sentence(error.message);
    const isLimit = path.startsWith('constraint.');
    return at(keyAsWritten(entry, error.parameter), isLimit ? ofLimit(path, entry, message) : message);
  }
  throw error;
}

/** Limits have no label. A message that does not name the limit begins with its place: "Limit 2 (mw): ...". */
function ofLimit(path: string, { id }: Entry, message: string): string {
  const position = /^constraint\.(\d+)$/.exec(path)?.[1];
  if (position === undefined || message.includes(`"${id}"`)) return message;
  return `Limit ${Number(position) + 1} (${id}): ${message}`;
}

/** A parameter may be given by its short name. */
function keyAsWritten(entry: Entry, parameter: string): string {
  return Object.keys(entry).find((key) => fullName(findObjective(entry.id), key) === parameter) ?? parameter;
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function find(id: string, modality: Modality): AnyObjective {
  return ofModality(findObjective(id), modality);
}

/** @throws ParameterError if it scores the other modality */
function ofModality(objective: AnyObjective, modality: Modality): AnyObjective {
  refuseForeign(objective, modality);
  return objective;
}

interface EntryParameters {
  readonly parameters: Record<string, ParameterValue>;
  /** Names of the structures, for display. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** The parameters of the objective, checked by preparing it as a scoring worker does. */
function entryParameters(
  objective: AnyObjective,
  entry: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  context: EntryContext,
): EntryParameters {
  const declared = Object.keys(objective.parameters.shape);
  const given = Object.entries(entry).filter(([key, value]) => !keys.includes(key) && value !== undefined);
  const unknown = given.find(([key]) => !declared.includes(fullName(objective, key)));
  if (unknown) throw unknownKey(objective.id, unknown[0], [...keys, ...declared]);
  const { parameters, names, notes } = resolveParameters(
    objective,
    checkParameters(objective, Object.fromEntries(given)),
    context,
  );
  objective.prepare(parameters, context.chemistry).dispose();
  return { parameters: parseValues(parameters), names, notes };
}

function unknownKey(id: string, key: string, choices: readonly string[]): EntryProblem {
  const near = nearest(key, choices);
  return new EntryProblem(
    key,
    `Unknown key "${key}" of "${id}".${didYouMean(key, choices)} Valid keys: ${choices.join(', ')}.`,
    near,
  );
}

function parseValues(parameters: Readonly<Record<string, unknown>>): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, parameterValue.parse(value)]));
}
