/**
 * @file Where a plan puts a value in a design: "run.merge_every", "generate.length", "objective.qed.weight",
 * "constraint.2.max" or "prior". An entry is named by its id, or by its number from 1.
 */
import { didYouMean } from '../../engine/base/nearest.ts';

/** A value as a plan and a design can hold it. */
export type PlanValue = string | number | boolean | readonly (string | number | boolean)[];

/** A design as it was read, of whatever shape. */
export type DesignValue = Readonly<Record<string, unknown>>;

type Place = readonly (string | number)[];

/** The name of a place is not one, or the design has no such entry. */
export class PlaceError extends Error {}

const HEADS = ['prior', 'run.SETTING', 'generate.KEY', 'objective.ID.KEY', 'constraint.ID.KEY'] as const;
/** Number of parts of a name, by its first part. */
const PARTS: Readonly<Record<string, number>> = { prior: 1, run: 2, generate: 2, objective: 3, constraint: 3 };

/** @throws PlaceError for what is no name of a place in any design */
export function checkPlaceName(name: string): void {
  const [head, ...rest] = name.split('.');
  if (!Object.hasOwn(PARTS, head))
    throw new PlaceError(
      `"${name}" is no place in a design.${didYouMean(head, Object.keys(PARTS))} Places: ${HEADS.join(', ')}.`,
    );
  if (rest.length + 1 !== PARTS[head] || rest.includes(''))
    throw new PlaceError(
      `"${name}" is no place in a design. Write it as ${HEADS.find((one) => one.split('.')[0] === head)}.`,
    );
}

/** Where the value stands in the design, as in the paths of problems. @throws PlaceError */
export function placeIn(design: DesignValue, name: string): Place {
  checkPlaceName(name);
  const [head, which, key] = name.split('.');
  if (head !== 'objective' && head !== 'constraint') return name.split('.');
  return [head, entryIndex(design[head], head, which), key];
}

function entryIndex(entries: unknown, head: string, which: string): number {
  const ids = Array.isArray(entries) ? entries.map((entry) => String((entry as DesignValue | null)?.id)) : [];
  const number = Number(which);
  if (Number.isInteger(number) && number >= 1 && number <= ids.length) return number - 1;
  const index = ids.indexOf(which);
  if (index < 0)
    throw new PlaceError(
      `the design has no ${head} "${which}".${didYouMean(which, ids)} It has ${ids.length === 0 ? 'none' : ids.join(', ')}.`,
    );
  if (ids.lastIndexOf(which) !== index)
    throw new PlaceError(`the design has several ${head}s "${which}". Use the number, from 1 to ${ids.length}.`);
  return index;
}

/** A copy of the design with the value in its place. */
export function withValue(design: DesignValue, place: Place, value: unknown): DesignValue {
  return replaced(design, place, value) as DesignValue;
}

function replaced(node: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (Array.isArray(node))
    return (node as unknown[]).map((one, i) =>
      i === key ? (rest.length === 0 ? value : replaced(one, rest, value)) : one,
    );
  const table = (typeof node === 'object' && node !== null ? node : {}) as Record<string, unknown>;
  return { ...table, [key]: rest.length === 0 ? value : replaced(table[key], rest, value) };
}
