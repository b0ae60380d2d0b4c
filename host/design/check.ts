/**
 * Checks a whole design: its shape, every objective, constraint and setting, and how
 * they fit together. All problems are reported at once, each with its path, and with
 * its line if the design comes from a file.
 */
import { z } from 'zod';
import type { Problem } from '../../contract/api.ts';
import { type Design, designSchema, designTable } from '../../contract/design-shape.ts';
import { didYouMean, nearest } from '../../engine/base/nearest.ts';
import type { GeneratorConfig } from '../../engine/generator/checkpoint.ts';
import { asksForRealism, type Generate } from '../../engine/generator/generate.ts';
import { ALL_WEIGHTS_ZERO } from '../../engine/objectives/aggregate.ts';
import { resolveSettings } from '../../engine/soup/settings.ts';
import { checkConstraint, type Checked, checkObjective, type EntryContext } from './entries.ts';
import { resolveGeneration } from './generation.ts';
import type { LineIndex } from './lines.ts';
import type { ResolvedConstraint, ResolvedDesign, ResolvedObjective } from './resolved.ts';
import { parseToml } from './toml.ts';

export interface CheckContext extends Omit<EntryContext, 'modality' | 'fitted'> {
  /** Numbers for goals that omit theirs, by prior; see EntryContext. */
  readonly fittedTo: (prior: string) => EntryContext['fitted'];
  /** The problem of a prior; null if it can be used. */
  readonly checkPrior: (prior: string, modality: Design['modality']) => Omit<Problem, 'path'> | null;
  /** A prior's shape and vocabulary; null if the prior cannot be used. */
  readonly configOf: (prior: string) => GeneratorConfig | null;
}

export interface CheckedDesign {
  readonly problems: readonly Problem[];
  /** Notes for the user; the design can still run. */
  readonly notes: readonly Problem[];
  /** Null if the shape is wrong. */
  readonly design: Design | null;
  /** Null if there is any problem. */
  readonly resolved: ResolvedDesign | null;
}

/** @param source the text of a design file */
export function checkToml(source: string, context: CheckContext): CheckedDesign {
  const { value, lines, problem } = parseToml(source);
  if (problem) return { problems: [problem], notes: [], design: null, resolved: null };
  const checked = checkDesign(value, context);
  const inFile = (found: readonly Problem[]) => inOrder(found.map((one) => withLine(one, lines)));
  return { ...checked, problems: inFile(checked.problems), notes: inFile(checked.notes) };
}

function withLine(problem: Problem, lines: LineIndex): Problem {
  const path = problem.path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { ...problem, line: lines.lineOf(path) };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** @param input a design of any shape */
export function checkDesign(input: unknown, context: CheckContext): CheckedDesign {
  const parsed = designSchema.safeParse(input);
  if (!parsed.success)
    return {
      problems: parsed.error.issues.flatMap((issue) => shapeProblems(issue, input)),
      notes: [],
      design: null,
      resolved: null,
    };
  const design = parsed.data;
  const entryContext = { ...context, modality: design.modality, fitted: context.fittedTo(design.prior) };
  const objectives = design.objective.map((entry, i) => checkObjective(entry, `objective.${i}`, entryContext));
  const constraints = design.constraint.map((entry, i) => checkConstraint(entry, `constraint.${i}`, entryContext));
  const run = resolveSettings(design.run, design.objective.length);
  const config = context.configOf(design.prior);
  const generation = resolveGeneration(design.modality, design.generate, config, context);
  const realism = asksForRealism(design.modality, design.generate, config)
    ? [plausible(generation.generate, entryContext)]
    : [];
  const problems = [
    ...priorProblems(design, context),
    ...generation.problems.map(({ key, ...rest }) => ({ path: `generate.${key}`, ...rest })),
    ...run.problems.map(({ setting, ...rest }) => ({ path: `run.${setting}`, ...rest })),
    ...[...objectives, ...constraints].flatMap((one) => one.problems),
    ...weightProblems(objectives),
    ...duplicateProblems(objectives),
  ];
  const notes = [
    ...(generation.notes ?? []).map(({ key, ...rest }) => ({ path: `generate.${key}`, ...rest })),
    ...[...objectives, ...constraints].flatMap((one) => one.notes),
  ];
  if (problems.length > 0 || run.settings === null) return { problems, notes, design, resolved: null };
  const { name, modality, prior } = design;
  return {
    problems,
    notes,
    design,
    resolved: {
      name,
      modality,
      prior,
      generate: generation.generate,
      settings: run.settings,
      objectives: values(objectives),
      constraints: values([...constraints, ...realism]),
    },
  };
}

/**
 * Realism is a hard limit like those of the file, after them. A run therefore stores it with its other limits, and runs
 * of earlier versions have none.
 */
function plausible(generate: Generate | null, context: EntryContext): Checked<ResolvedConstraint> {
  const accepted = generate?.modality === 'molecule' ? generate.scaffold : '';
  return checkConstraint({ id: 'implausible', max: 0, accepted }, 'generate.realism', context);
}

function values<T>(checked: readonly Checked<T>[]): T[] {
  return checked.flatMap(({ value }) => (value === null ? [] : [value]));
}

function priorProblems({ prior, modality }: Design, { checkPrior }: CheckContext): Problem[] {
  const problem = checkPrior(prior, modality);
  return problem === null ? [] : [{ path: 'prior', ...problem }];
}

function weightProblems(objectives: readonly Checked<ResolvedObjective>[]): Problem[] {
  const known = values(objectives);
  if (known.length < objectives.length || known.some(({ weight }) => weight > 0)) return [];
  return [{ path: 'objective.0.weight', message: ALL_WEIGHTS_ZERO }];
}

/** An objective given twice with the same parameters would silently count twice. */
function duplicateProblems(objectives: readonly Checked<ResolvedObjective>[]): Problem[] {
  const seen = new Map<string, number>();
  return objectives.flatMap(({ value }, i) => {
    if (value === null) return [];
    const key = JSON.stringify([value.id, Object.entries(value.parameters).sort()]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    return first === undefined
      ? []
      : [
          {
            path: `objective.${i}.id`,
            message: `"${value.id}" with the same parameters is already objective ${first + 1}. Increase its weight instead.`,
          },
        ];
  });
}

const DESIGN_KEYS = Object.keys(designTable.shape);

function shapeProblems(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownKey);
  const path = issue.path.map(String).join('.');
  return [{ path, message: shapeMessage(issue, path, valueAt(input, issue.path)) }];
}

function unknownKey(key: string): Problem {
  const suggestion = nearest(key, DESIGN_KEYS);
  return {
    path: key,
    message: `Unknown key "${key}".${didYouMean(key, DESIGN_KEYS)} Valid keys: ${DESIGN_KEYS.join(', ')}.`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function shapeMessage(issue: z.core.$ZodIssue, path: string, value: unknown): string {
  if (path === '') return 'A design must be a table with a name and at least one [[objective]].';
  if (value === undefined) return `${placeInWords(path)} is missing.`;
  if (path === 'objective') return 'A design needs at least one [[objective]].';
  return `${placeInWords(path)} cannot be ${written(value)}: ${issue.message.replace(/^Invalid (input|option): /, '')}.`;
}

/** Entries are counted from 1: objective.0.id is "id" of objective 1. */
function placeInWords(path: string): string {
  const [, table, position, key] = /^(objective|constraint)\.(\d+)\.(.+)$/.exec(path) ?? [];
  return table === undefined ? `"${path}"` : `"${key}" of ${table} ${Number(position) + 1}`;
}

/** Longer values are shortened in messages. */
const LONGEST_SHOWN = 60;

/** JSON cannot express inf and nan; TOML can. */
function written(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)` : text;
}
