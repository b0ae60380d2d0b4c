import { describe, expect, it } from 'vitest';
import { address, guideLink, parseRoute } from '../../../renderer/state/router.svelte.ts';

describe('routes', () => {
  it('are read from the address', () => {
    expect(parseRoute('')).toEqual({ view: 'designs' });
    expect(parseRoute(address.run(7, 'steer'))).toEqual({ view: 'run', runId: 7, tab: 'steer' });
    expect(parseRoute(address.run(7))).toEqual({ view: 'run', runId: 7, tab: 'live' });
    expect(parseRoute(address.example('oral-lead.toml'))).toEqual({
      view: 'new',
      example: 'oral-lead.toml',
      from: null,
      liked: null,
    });
    expect(parseRoute(address.copy(3))).toEqual({ view: 'new', example: null, from: 3, liked: null });
    expect(parseRoute(address.liked('dna'))).toEqual({ view: 'new', example: null, from: null, liked: 'dna' });
    expect(parseRoute('#/new?liked=toys')).toMatchObject({ liked: null });
    expect(parseRoute(address.settings)).toEqual({ view: 'settings' });
    expect(parseRoute(address.notices)).toEqual({ view: 'notices' });
    expect(parseRoute('#/settings/nothing')).toMatchObject({ view: 'unknown' });
    expect(parseRoute(address.compare([3, 7]))).toEqual({ view: 'compare', ids: [3, 7] });
    expect(parseRoute('#/compare?runs=x,-1,2')).toEqual({ view: 'compare', ids: [2] });
    expect(parseRoute(address.models)).toEqual({ view: 'models' });
    expect(parseRoute(address.train)).toEqual({ view: 'train' });
    expect(parseRoute(address.card('user-predictor', 'kinase 2/b'))).toEqual({
      view: 'card',
      kind: 'user-predictor',
      name: 'kinase 2/b',
    });
    expect(parseRoute('#/models/card/toy/x')).toMatchObject({ view: 'unknown' });
    expect(parseRoute(address.guide('steer'))).toEqual({ view: 'guide', page: 'steer' });
    expect(parseRoute(address.guide())).toEqual({ view: 'guide', page: 'README' });
    expect([guideLink('steer.md'), guideLink('steer.md#blends'), guideLink('https://example.org/a.md')]).toEqual([
      '#/guide/steer',
      '#/guide/steer',
      null,
    ]);
    expect(parseRoute('#/run/x')).toEqual({ view: 'unknown', address: '/run/x' });
    expect(parseRoute('#/run/1/dance')).toMatchObject({ view: 'unknown' });
  });
});
