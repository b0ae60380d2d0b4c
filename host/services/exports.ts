/** Files of candidates. */
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods = 'run.export' | 'export.state' | 'export.cancel';

export function exportService({ exports }: Pick<HostContext, 'exports'>): Service<Methods> {
  return {
    'run.export': (request) => exports.make(request),
    'export.state': () => exports.state,
    'export.cancel': () => exports.cancel(),
  };
}
