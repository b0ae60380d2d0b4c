/**
 * @file The token of the loopback server: read from the page's address, kept for
 * this tab so that a reload works, and taken out of the visible address.
 */
const storageKey = 'amalgam.token';

export interface TokenPlace {
  readonly location: Pick<Location, 'href'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** @returns the token, or null if neither the address nor this tab has one */
export function takeToken(place: TokenPlace): string | null {
  const url = new URL(place.location.href);
  const token = url.searchParams.get('token');
  if (token === null) return place.sessionStorage.getItem(storageKey);
  place.sessionStorage.setItem(storageKey, token);
  url.searchParams.delete('token');
  place.history.replaceState(place.history.state, '', url);
  return token;
}

/** @returns where the page's own server listens for the interface's socket */
export function socketAddress(page: string, token: string | null): string {
  const url = new URL('/ws', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (token !== null) url.searchParams.set('token', token);
  return url.href;
}
