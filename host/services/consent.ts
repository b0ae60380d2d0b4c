/** Consents: which external scorers the user has allowed to run. */
import type { HostContext, Service } from './context.ts';

export function consentService({ consents }: Pick<HostContext, 'consents'>): Service<'consent'> {
  return {
    'consent.list': () => consents.list(),
    'consent.allow': ({ key }) => {
      consents.allow(key);
      return {};
    },
    'consent.revoke': ({ key }) => {
      consents.revoke(key);
      return {};
    },
  };
}
