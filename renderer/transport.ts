/** @file Picks how this window reaches the host: Electron's preload bridge, or a socket to the page's own server. */
import type { Transport } from '../contract/api.ts';
import type { Link } from './link.ts';
import { SocketLink } from './socket.ts';
import { socketAddress, takeToken } from './token.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload script. */
    readonly amalgam?: Transport;
  }
}

export function pickLink(window: Window): Link {
  if (window.amalgam !== undefined) return bridgeLink(window.amalgam);
  return new SocketLink(socketAddress(window.location.href, takeToken(window)));
}

/** The shell restarts the host by itself; a call during the restart fails with `host-lost`. */
function bridgeLink(transport: Transport): Link {
  const state = { status: 'open', retryAt: null } as const;
  return {
    state,
    watch(listener) {
      listener(state);
      return () => undefined;
    },
    retryNow: () => undefined,
    invoke: (method, params) => transport.invoke(method, params),
    subscribe: (topic, params, listener) => transport.subscribe(topic, params, listener),
  };
}
