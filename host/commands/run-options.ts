/** Shared by commands on a run: finding it, parsing weights, writing output. */
import { writeFileSync } from 'node:fs';
import { close, type ReadableWorkspace, type Run } from '../../db/index.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import { InputError } from '../base/errors.ts';
import { readWorkspace, translating } from '../base/workspace.ts';
import { objectivesOf } from '../runs/setup.ts';

/** Opens the workspace for reading first: a wrong path must not create a file. */
export function withReader<T>(workspace: string, work: (db: ReadableWorkspace) => T): T {
  const db = readWorkspace(workspace);
  try {
    return translating(() => work(db));
  } finally {
    close(db);
  }
}

/** @param out '-' for stdout @throws InputError if it cannot be written */
export function writeOut(out: string, content: string | Uint8Array): void {
  if (out === '-') {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(out, content);
  } catch (error) {
    throw new InputError(`Cannot write ${out}: ${(error as Error).message}.`);
  }
}

/** "qed=0.7,sa=0.3" as one number per goal; omitted ones are 0. A goal can also be named by its number, from 1. */
export function parseWeights(text: string, run: Run): number[] {
  const ids = objectivesOf(run).map(({ id }) => id);
  const weights = ids.map(() => 0);
  for (const part of text.split(',')) {
    const [name, value, ...rest] = part.split('=').map((word) => word.trim());
    const weight = Number(value);
    if (rest.length > 0 || value === undefined || value === '' || !Number.isFinite(weight) || weight < 0)
      throw new InputError(`"${part}" in --weights is not a goal with a weight of 0 or more. Example: ${ids[0]}=0.5.`);
    weights[goalIndex(name, ids, run)] = weight;
  }
  return weights;
}

function goalIndex(name: string, ids: readonly string[], run: Run): number {
  const number = Number(name);
  if (Number.isInteger(number) && number >= 1 && number <= ids.length) return number - 1;
  const index = ids.indexOf(name);
  if (index < 0)
    throw new InputError(`Run ${run.id} has no goal "${name}".${didYouMean(name, ids)} Its goals: ${ids.join(', ')}.`);
  if (ids.lastIndexOf(name) !== index)
    throw new InputError(
      `Run ${run.id} has several goals "${name}". Use their numbers, 1 to ${ids.length}, as in 1=0.5.`,
    );
  return index;
}
