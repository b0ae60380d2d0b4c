/**
 * @file Hash routes, so that the same page works from a server and from a file, and
 * a reload finds the same view again.
 */
export type RunTab = 'goals' | 'live' | 'explore' | 'steer' | 'export';

export type Route =
  | { readonly view: 'designs' }
  | { readonly view: 'new'; readonly example: string | null; readonly from: number | null }
  | { readonly view: 'run'; readonly runId: number; readonly tab: RunTab }
  | { readonly view: 'settings' }
  | { readonly view: 'shortlist' }
  | { readonly view: 'train' }
  | { readonly view: 'unknown'; readonly address: string };

const tabs: readonly RunTab[] = ['goals', 'live', 'explore', 'steer', 'export'];

/** @param hash as in `location.hash`, with or without its `#` */
export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0) return { view: 'designs' };
  if (parts.length === 1 && (parts[0] === 'settings' || parts[0] === 'shortlist')) return { view: parts[0] };
  if (parts.join('/') === 'models/train') return { view: 'train' };
  if (parts.length === 1 && parts[0] === 'new') return newRoute(new URLSearchParams(query));
  return (parts[0] === 'run' ? runRoute(parts) : null) ?? { view: 'unknown', address: path };
}

function newRoute(query: URLSearchParams): Route {
  const from = Number(query.get('from'));
  return { view: 'new', example: query.get('example'), from: Number.isInteger(from) && from > 0 ? from : null };
}

function runRoute(parts: readonly string[]): Route | null {
  const runId = Number(parts[1]);
  const tab = tabs.find((name) => name === (parts[2] ?? 'live'));
  if (!Number.isInteger(runId) || runId <= 0 || tab === undefined || parts.length > 3) return null;
  return { view: 'run', runId, tab };
}

/** @returns the address of a route, to be used in links */
export const address = {
  designs: '#/',
  settings: '#/settings',
  shortlist: '#/shortlist',
  new: '#/new',
  train: '#/models/train',
  example: (file: string): string => `#/new?example=${encodeURIComponent(file)}`,
  copy: (designId: number): string => `#/new?from=${designId}`,
  run: (runId: number, tab: RunTab = 'live'): string => (tab === 'live' ? `#/run/${runId}` : `#/run/${runId}/${tab}`),
};

export class Router {
  #window: Pick<Window, 'location'>;
  #route: Route = $state.raw({ view: 'designs' });

  constructor(window: Pick<Window, 'location' | 'addEventListener'>) {
    this.#window = window;
    this.#route = parseRoute(window.location.hash);
    window.addEventListener('hashchange', () => {
      this.#route = parseRoute(window.location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  go(to: string): void {
    this.#window.location.hash = to;
  }
}
