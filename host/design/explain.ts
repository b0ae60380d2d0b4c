/**
 * The complete design file with the source of each value: the file or a default.
 */
import { stringify } from 'smol-toml';
import type { GoalInfo } from '../../contract/api.ts';
import type { Design } from '../../contract/design-shape.ts';
import { type Generate, generateTable } from '../../engine/generator/generate.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { fullName } from '../../engine/objectives/parameters.ts';
import { describeSettings } from '../../engine/soup/settings.ts';
import { constraintKind, type ResolvedConstraint, type ResolvedDesign, type ResolvedObjective } from './resolved.ts';

type Value = string | number | boolean | readonly (string | number | boolean | readonly number[])[];
type Line = readonly [key: string, value: Value, fromFile: boolean, source?: string];

/** @param written the keys that the file itself has, at the top level */
export function explainDesign(design: Design, resolved: ResolvedDesign, written: ReadonlySet<string>): string {
  const top: Line[] = (['name', 'modality', 'prior'] as const).map((key) => [key, resolved[key], written.has(key)]);
  const blocks = [
    block(null, top),
    ...generateBlock(design, resolved),
    block('[run]', settingLines(design, resolved)),
    ...resolved.objectives.map((objective, i) =>
      block('[[objective]]', objectiveLines(design.objective[i], objective)),
    ),
    ...design.constraint.map((entry, i) => block('[[constraint]]', constraintLines(entry, resolved.constraints[i]))),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function block(header: string | null, lines: readonly Line[]): string {
  const texts = lines.map(([key, value]) => stringify({ [key]: value }).trim());
  const width = Math.max(...texts.map(({ length }) => length));
  const rows = texts.map((text, i) => `${text.padEnd(width)}  # ${lines[i][2] ? 'file' : (lines[i][3] ?? 'default')}`);
  return [...(header === null ? [] : [header]), ...rows].join('\n');
}

function generateBlock(design: Design, { modality, generate, constraints }: ResolvedDesign): string[] {
  const shape = generate === null ? [] : generateLines(design, generate);
  // Realism is a limit after those of the file.
  const realism: Line = ['realism', constraints.length > design.constraint.length, 'realism' in design.generate];
  const lines = modality === 'molecule' ? [...shape, realism] : shape;
  return lines.length === 0 ? [] : [block('[generate]', lines)];
}

function generateLines({ generate: written }: Design, generate: Generate): Line[] {
  return Object.entries(generateTable(generate)).map(([key, value]) => [key, value, key in written]);
}

function settingLines({ run }: Design, { settings }: ResolvedDesign): Line[] {
  return describeSettings().map(({ name }) => [name, settings[name], name in run]);
}

const FITTED = "fitted to the prior's samples";

type Entry = Readonly<Record<string, unknown>>;

/** The numbers of every goal in one line each, with their sources: "Lipophilicity: from 1 (file), to 3 (default)". */
export function thresholdTexts(design: Design, { objectives }: ResolvedDesign): string[] {
  return objectives.map((objective, i) => {
    const numbers = thresholdLines(design.objective[i], objective).map(
      ([key, value, fromFile, source]) =>
        `${key} = ${stringify({ key: value }).slice(6).trim()} (${fromFile ? 'file' : source})`,
    );
    return `${objective.label}: ${objective.goal.kind}, ${numbers.join(', ')}`;
  });
}

function thresholdLines(entry: Entry, { id, goal, fitted = [] }: ResolvedObjective): Line[] {
  return goalKeys(goal).map(([key, value]): Line => [
    key,
    value,
    entry[key] !== undefined,
    fitted.includes(key) ? FITTED : `default of ${id}`,
  ]);
}

function objectiveLines(entry: Entry, objective: ResolvedObjective): Line[] {
  const { id, label, goal, weight, parameters } = objective;
  return [
    ['id', id, true],
    ['label', label, entry.label !== undefined],
    ['goal', goal.kind, entry.goal !== undefined],
    ...thresholdLines(entry, objective),
    ['weight', weight, entry.weight !== undefined],
    ...parameterLines(id, entry, parameters),
  ];
}

/** Keys of the file for what a goal holds. */
function goalKeys(goal: GoalInfo): [string, Value][] {
  switch (goal.kind) {
    case 'higher':
    case 'lower':
      return [
        ['from', goal.from],
        ['to', goal.to],
      ];
    case 'target':
      return [
        ['target', goal.value],
        ['tolerance', goal.tolerance],
      ];
    case 'range':
      return [
        ['range', [goal.low, goal.high]],
        ['tolerance', goal.tolerance],
      ];
    case 'step':
      return [
        [goal.side, goal.threshold],
        ['tolerance', goal.tolerance],
      ];
    case 'table':
      return [['points', goal.points]];
  }
}

function constraintLines(entry: Entry, constraint: ResolvedConstraint): Line[] {
  const { id, min, max, tolerance, learned, parameters } = constraint;
  const bounds = Object.entries({ min, max }).flatMap(([key, value]): Line[] =>
    value === undefined ? [] : [[key, value, true]],
  );
  const ascent = Object.entries(learned ?? {}).map(([key, value]): Line => [key, value, entry[key] !== undefined]);
  const enforce: Line = ['enforce', constraintKind(constraint), entry.enforce !== undefined];
  return [
    ['id', id, true],
    enforce,
    ...bounds,
    ['tolerance', tolerance, entry.tolerance !== undefined],
    ...ascent,
    ...parameterLines(id, entry, parameters),
  ];
}

/** Values from the file are shown as written: a name stays a name. */
function parameterLines(id: string, entry: Entry, parameters: ResolvedObjective['parameters']): Line[] {
  const objective = findObjective(id);
  const written = new Map(
    Object.entries(entry).map(([key, value]) => [fullName(objective, key), value as Value | undefined]),
  );
  return Object.entries(parameters).map(([key, value]) => [
    key,
    written.get(key) ?? value,
    written.get(key) !== undefined,
  ]);
}
