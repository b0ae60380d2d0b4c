/** Blends of a run's experts: listed, opened, kept under a name. */
import { blendResult, keepBlend, keptBlends } from '../runs/blends.ts';
import type { HostContext, Service } from './context.ts';

export function blendService({ db }: Pick<HostContext, 'db'>): Service<'blend'> {
  return {
    'blend.list': ({ runId }) => keptBlends(db, runId),
    'blend.open': ({ blendId }) => blendResult(db, blendId, null),
    'blend.keep': (request) => keepBlend(db, request),
  };
}
