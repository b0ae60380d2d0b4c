/** Exports: files of candidates. */
import type { HostContext, Service } from './context.ts';

export function exportService({ exports }: Pick<HostContext, 'exports'>): Service<'export'> {
  return {
    'export.make': (request) => exports.make(request),
    'export.state': () => exports.state,
    'export.cancel': () => exports.cancel(),
  };
}
