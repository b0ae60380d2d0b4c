/** Steering: blends made, kept and compared, and the surface over merge weights. */
import { blendResult, keepBlend, keptBlends } from '../runs/blends.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  | 'steer.open'
  | 'steer.sample'
  | 'steer.compare'
  | 'blend.list'
  | 'blend.open'
  | 'blend.keep'
  | 'surface.get'
  | 'surface.measure'
  | 'surface.cancel';

export function steeringService({ db, steering, surfaces }: HostContext): Service<Methods> {
  return {
    'steer.open': async ({ runId }) => ({ ready: await steering.open(runId) }),
    'steer.sample': (request) => steering.sample(request),
    'steer.compare': (request) => steering.compare(request),
    'blend.list': ({ runId }) => keptBlends(db, runId),
    'blend.open': ({ blendId }) => blendResult(db, blendId, null),
    'blend.keep': (request) => keepBlend(db, request),
    'surface.get': ({ runId }) => surfaces.state(runId),
    'surface.measure': (request) => surfaces.measure(request),
    'surface.cancel': ({ runId }) => surfaces.cancel(runId),
  };
}
