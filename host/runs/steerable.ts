/** Whether the method of a run lets it be steered, and with a reach. */
import { ContractError } from '../../contract/api.ts';
import type { Run } from '../../db/index.ts';

/** @throws ContractError if the method never allows it, or has no reach to choose */
export function requireSteerable({ id, method }: Pick<Run, 'id' | 'method'>, reach?: number): void {
  if (method === 'morlhf')
    throw new ContractError(
      'conflict',
      `Run ${id} trained one generator on the weighted sum (method "morlhf"), so it has no experts to steer between.`,
    );
  if (method === 'ric' && reach !== undefined && reach !== 1)
    throw new ContractError(
      'bad-input',
      `Run ${id} has one generator that is asked for rewards (method "ric"), so there are no experts to extrapolate from. Leave out the reach, or set it to 1.`,
    );
}
