/** Generators adapted to the user's own sequences: files, trainings, what is kept. */
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  | 'adaptation.open'
  | 'adaptation.reopen'
  | 'adaptation.start'
  | 'adaptation.state'
  | 'adaptation.cancel'
  | 'adaptation.keep';

export function adaptationService({ adaptations }: Pick<HostContext, 'adaptations'>): Service<Methods> {
  return {
    'adaptation.open': (given) => adaptations.open(given),
    'adaptation.reopen': (given) => adaptations.reopen(given),
    'adaptation.start': (options) => adaptations.start(options),
    'adaptation.state': () => adaptations.state,
    'adaptation.cancel': () => adaptations.cancel(),
    'adaptation.keep': (wanted) => adaptations.keep(wanted),
  };
}
