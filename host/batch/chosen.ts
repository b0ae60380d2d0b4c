/** @file Which runs of a batch are meant: by id, by name of the design, or by a value. */
import { didYouMean } from '../../engine/base/nearest.ts';
import { InputError } from '../base/errors.ts';
import type { PlanValue } from './places.ts';

interface Choosable {
  readonly id: string;
  readonly design: string;
  readonly seed: number;
  readonly varied: Readonly<Record<string, PlanValue>>;
}

/**
 * Runs that meet every condition: the start of an id, the name of a design, or NAME=VALUE for the seed or a varied
 * setting.
 * @throws InputError for a condition that no run meets
 */
export function chosenRuns<T>(runs: readonly T[], conditions: readonly string[], told: (run: T) => Choosable): T[] {
  return conditions.reduce<T[]>(
    (left, condition) => {
      const found = left.filter((run) => meets(told(run), condition));
      if (found.length > 0) return found;
      const names = [...new Set(runs.flatMap((run) => [told(run).design, ...Object.keys(told(run).varied)]))];
      throw new InputError(
        `No run of the batch matches --only "${condition}".${didYouMean(condition.split('=')[0], names)} Give the start of an id, the name of a design, seed=N or NAME=VALUE of a varied setting.`,
      );
    },
    [...runs],
  );
}

/** Shorter texts would be the start of many ids by chance. */
const SHORTEST_ID = 4;

function meets({ id, design, seed, varied }: Choosable, condition: string): boolean {
  if (condition === design || (condition.length >= SHORTEST_ID && id.startsWith(condition))) return true;
  const at = condition.indexOf('=');
  if (at < 0) return false;
  const [name, value] = [condition.slice(0, at).trim(), condition.slice(at + 1).trim()];
  return (name === 'seed' && String(seed) === value) || (Object.hasOwn(varied, name) && String(varied[name]) === value);
}
