/** Programs of the user's own that may run: listed, allowed after they were asked for, revoked. */
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

export function consentService({
  consents,
}: HostContext): Service<'consent.list' | 'consent.allow' | 'consent.revoke'> {
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
