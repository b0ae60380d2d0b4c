/** Steering: blends of a run's experts, sampled without training. */
import type { HostContext, Service } from './context.ts';

export function steeringService({ steering }: Pick<HostContext, 'steering'>): Service<'steering'> {
  return {
    'steering.open': async ({ runId }) => ({ ready: await steering.open(runId) }),
    'steering.sample': (request) => steering.sample(request),
    'steering.compare': (request) => steering.compare(request),
  };
}
