/** Reproductions of candidates: their cost, start, state and cancellation. */
import type { HostContext, Service } from './context.ts';

export function reproductionService({ reproductions }: Pick<HostContext, 'reproductions'>): Service<'reproduction'> {
  return {
    'reproduction.cost': ({ candidateId }) => reproductions.cost(candidateId),
    'reproduction.start': ({ candidateId }) => reproductions.start(candidateId),
    'reproduction.state': () => reproductions.state,
    'reproduction.cancel': () => reproductions.cancel(),
  };
}
