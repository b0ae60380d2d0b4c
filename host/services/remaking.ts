/** Candidates made again. */
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods = 'candidate.remakeCost' | 'candidate.remake' | 'candidate.remakeState' | 'candidate.cancelRemake';

export function remakingService({ remaking }: Pick<HostContext, 'remaking'>): Service<Methods> {
  return {
    'candidate.remakeCost': ({ candidateId }) => remaking.cost(candidateId),
    'candidate.remake': ({ candidateId }) => remaking.begin(candidateId),
    'candidate.remakeState': () => remaking.state,
    'candidate.cancelRemake': () => remaking.cancel(),
  };
}
