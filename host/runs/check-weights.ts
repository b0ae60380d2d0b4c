/** Weights given for the goals of a run. */
import { ContractError } from '../../contract/api.ts';
import { getRun, type ReadableWorkspace } from '../../db/index.ts';

/** @throws ContractError where they do not fit the run; undefined stands for the run's own */
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
      `Run ${runId} has ${objectives.length} goals; ${weights.length} weights were given.`,
    );
  if (weights.every((weight) => weight === 0))
    throw new ContractError('bad-input', 'The weights sum to 0; give at least one goal a weight above 0.');
  return weights;
}
