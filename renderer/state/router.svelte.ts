/**
 * @file Hash routes, so that the same page works from a server and from a file, and
 * a reload finds the same view again.
 */
import { type ModelKind, modelKinds } from '../../contract/api.ts';
import { type Modality, modalityWords } from '../lib/modalities.ts';

export type RunTab = 'goals' | 'live' | 'explore' | 'steer' | 'export';

export type Route =
  | { readonly view: 'designs' }
  | {
      readonly view: 'new';
      readonly example: string | null;
      readonly from: number | null;
      readonly liked: Modality | null;
    }
  | { readonly view: 'run'; readonly runId: number; readonly tab: RunTab }
  | { readonly view: 'settings' }
  | { readonly view: 'notices' }
  | { readonly view: 'shortlist' }
  | { readonly view: 'compare'; readonly ids: readonly number[] }
  | { readonly view: 'models' }
  | { readonly view: 'train' }
  | { readonly view: 'adapt' }
  | { readonly view: 'card'; readonly kind: ModelKind; readonly name: string }
  | { readonly view: 'guide'; readonly page: string }
  | { readonly view: 'unknown'; readonly address: string };

const tabs: readonly RunTab[] = ['goals', 'live', 'explore', 'steer', 'export'];

/** @param hash as in `location.hash`, with or without its `#` */
export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0) return { view: 'designs' };
  return readers[parts[0]]?.(parts, new URLSearchParams(query)) ?? { view: 'unknown', address: path };
}

/** By the first part of the address; null for what is no address of that view. */
const readers: {
  readonly [view: string]: ((parts: readonly string[], query: URLSearchParams) => Route | null) | undefined;
} = {
  settings: settingsRoute,
  shortlist: ({ length }) => (length === 1 ? { view: 'shortlist' } : null),
  compare: ({ length }, query) => (length === 1 ? { view: 'compare', ids: numbersOf(query.get('runs') ?? '') } : null),
  models: modelsRoute,
  guide: ([, page = GUIDE_CONTENTS, ...rest]) =>
    rest.length === 0 ? { view: 'guide', page: decodeURIComponent(page) } : null,
  new: ({ length }, query) => (length === 1 ? newRoute(query) : null),
  run: runRoute,
};

/** "3,7". Invalid run numbers are left out. */
const numbersOf = (text: string): number[] =>
  text
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);

/** The guide's page that lists the others. */
export const GUIDE_CONTENTS = 'README';

function settingsRoute([, place, ...rest]: readonly string[]): Route | null {
  if (place === undefined) return { view: 'settings' };
  return place === 'notices' && rest.length === 0 ? { view: 'notices' } : null;
}

function modelsRoute([, place, kind, name, ...rest]: readonly string[]): Route | null {
  if (place === undefined) return { view: 'models' };
  if ((place === 'train' || place === 'adapt') && kind === undefined) return { view: place };
  const known = modelKinds.find((one) => one === kind);
  return place === 'card' && known !== undefined && name !== undefined && rest.length === 0
    ? { view: 'card', kind: known, name: decodeURIComponent(name) }
    : null;
}

function newRoute(query: URLSearchParams): Route {
  const from = Number(query.get('from'));
  const liked = (Object.keys(modalityWords) as Modality[]).find((modality) => modality === query.get('liked')) ?? null;
  return { view: 'new', example: query.get('example'), from: Number.isInteger(from) && from > 0 ? from : null, liked };
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
  notices: '#/settings/notices',
  shortlist: '#/shortlist',
  new: '#/new',
  compare: (ids: readonly number[] = []): string =>
    ids.length === 0 ? '#/compare' : `#/compare?runs=${ids.join(',')}`,
  models: '#/models',
  train: '#/models/train',
  adapt: '#/models/adapt',
  guide: (page: string = GUIDE_CONTENTS): string =>
    page === GUIDE_CONTENTS ? '#/guide' : `#/guide/${encodeURIComponent(page)}`,
  card: (kind: ModelKind, name: string): string => `#/models/card/${kind}/${encodeURIComponent(name)}`,
  example: (file: string): string => `#/new?example=${encodeURIComponent(file)}`,
  liked: (modality: Modality): string => `#/new?liked=${modality}`,
  copy: (designId: number): string => `#/new?from=${designId}`,
  run: (runId: number, tab: RunTab = 'live'): string => (tab === 'live' ? `#/run/${runId}` : `#/run/${runId}/${tab}`),
};

/** Address of a link in a page of the guide: another page of it; null for what lies elsewhere. */
export function guideLink(href: string): string | null {
  const page = /^([\w-]+)\.md(#.*)?$/.exec(href)?.[1];
  return page === undefined ? null : address.guide(page);
}

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
