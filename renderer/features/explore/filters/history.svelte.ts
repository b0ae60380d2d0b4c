/**
 * @file The user's changes of the filters since the last look, one step per settled change, and how each step is undone
 * separately.
 */
import type { ActiveFilter, Filters } from './filters.svelte.ts';

/** Filters that were set, changed or ended together. */
export interface FilterChange {
  /** Description; undefined if filters were only added, since their chips show that. */
  readonly told: string | undefined;
  /** The same for changes of the same filter. */
  readonly about: string;
  /** Sets these filters as they were before; others stay as they are. */
  readonly undo: () => void;
}

interface Step {
  readonly key: string;
  readonly before: ActiveFilter | undefined;
  readonly after: ActiveFilter | undefined;
}

export class FilterHistory {
  #filters: Filters;
  #settled: ReadonlyMap<string, ActiveFilter> = new Map();

  constructor(filters: Filters) {
    this.#filters = filters;
  }

  /** @returns what has changed since the last settling; undefined for nothing */
  settle(): FilterChange | undefined {
    const now = byKey(this.#filters.active);
    const steps = stepsBetween(this.#settled, now);
    this.#settled = now;
    if (steps.length === 0) return undefined;
    return {
      told: wordsOf(steps, now.size),
      about: `filter ${steps.map(({ key }) => key).join(' ')}`,
      undo: () => this.#takeBack(steps),
    };
  }

  /** Undoing is not a step of its own. Changes that the user made to other filters meanwhile still are. */
  #takeBack(steps: readonly Step[]): void {
    const settled = new Map(this.#settled);
    for (const { key, before } of steps) {
      if (before === undefined) this.#filters.active.find((filter) => filter.key === key)?.clear();
      else before.restore();
      if (before === undefined) settled.delete(key);
      else settled.set(key, before);
    }
    this.#settled = settled;
  }
}

const byKey = (filters: readonly ActiveFilter[]): Map<string, ActiveFilter> =>
  new Map(filters.map((filter) => [filter.key, filter]));

function stepsBetween(before: ReadonlyMap<string, ActiveFilter>, after: ReadonlyMap<string, ActiveFilter>): Step[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .map((key) => ({ key, before: before.get(key), after: after.get(key) }))
    .filter((step) => step.before?.state !== step.after?.state);
}

function wordsOf(steps: readonly Step[], left: number): string | undefined {
  const lost = steps.filter(({ before }) => before !== undefined);
  if (lost.length === 0) return undefined;
  if (lost.length > 1) return left === 0 ? 'The filters are cleared.' : `${lost.length} filters are changed.`;
  const [{ before, after }] = lost;
  if (after === undefined) return `The filter “${before?.words}” is removed.`;
  return after.words === before?.words
    ? `The filter “${after.words}” is changed.`
    : `The filter is now “${after.words}”.`;
}
