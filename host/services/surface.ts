/** Surfaces: mean scores measured over a grid of merge weights. */
import type { HostContext, Service } from './context.ts';

export function surfaceService({ surfaces }: Pick<HostContext, 'surfaces'>): Service<'surface'> {
  return {
    'surface.get': ({ runId }) => surfaces.state(runId),
    'surface.measure': (request) => surfaces.measure(request),
    'surface.cancel': ({ runId }) => surfaces.cancel(runId),
  };
}
