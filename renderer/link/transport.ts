/** @file Picks how this window reaches the host: the desktop shell's bridge, or a socket to the page's own server. */
import type { ShellBridge } from '../../contract/shell.ts';
import { BridgeLink } from './bridge.ts';
import type { Link } from './link.ts';
import { SocketLink } from './socket.ts';
import { socketAddress, takeToken } from './token.ts';

declare global {
  interface Window {
    /** Put there by the shell's preload script; absent in a browser. */
    readonly amalgam?: ShellBridge;
  }
}

export function pickLink(window: Window): Link {
  if (window.amalgam !== undefined) return new BridgeLink(window.amalgam);
  return new SocketLink(socketAddress(window.location.href, takeToken(window)));
}
