/** Adaptations: generators that are fitted to the user's own sequences. */
import type { HostContext, Service } from './context.ts';

export function adaptationService({ adaptations }: Pick<HostContext, 'adaptations'>): Service<'adaptation'> {
  return {
    'adaptation.open': (file) => adaptations.open(file),
    'adaptation.reopen': (request) => adaptations.reopen(request),
    'adaptation.start': (options) => adaptations.start(options),
    'adaptation.state': () => adaptations.state,
    'adaptation.cancel': () => adaptations.cancel(),
    'adaptation.keep': (request) => adaptations.keep(request),
  };
}
