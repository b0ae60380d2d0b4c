/** Weights given for the goals of a run. */
import { ContractError } from '../../contract/api.ts';
import { getRun, type ReadableWorkspace } from '../../db/index.ts';
import { ALL_WEIGHTS_ZERO } from '../../engine/objectives/aggregate.ts';

/** @param weights undefined for the weights of the run @throws ContractError if they do not fit the run */
export function checkedWeights(
  db: ReadableWorkspace,
  runId: number,
  weights: readonly number[] | undefined,
): readonly number[] | undefined {
  if (weights === undefined) return undefined;
  const { objectives } = getRun(db, runId);
  if (weights.length !== objectives.length)
    throw new ContractError(
      'bad-input',
      `Run ${runId} has ${objectives.length} goals, but ${weights.length === 1 ? '1 weight was' : `${weights.length} weights were`} given.`,
    );
  if (weights.every((weight) => weight === 0)) throw new ContractError('bad-input', ALL_WEIGHTS_ZERO);
  return weights;
}
