/** @file The tour's steps: by its buttons, by the user's actions, from other pages, and never offered twice. */
import { describe, expect, it } from 'vitest';
import { parseRoute, type Route } from '../../../renderer/state/router.svelte.ts';
import { Tour } from '../../../renderer/state/tour.svelte.ts';
import { tourSteps } from '../../../renderer/state/tour-steps.ts';

/** A router and a storage of the test. Navigation notifies the tour, as in the page. */
function lab(stored: string | null = null): { tour: Tour; go: (to: string) => void; kept: () => string | null } {
  let route: Route = parseRoute('#/');
  let value = stored;
  const go = (to: string): void => {
    route = parseRoute(to);
    tour.arrive(route);
  };
  const router = {
    get route() {
      return route;
    },
    go,
  };
  const tour = new Tour(router, { getItem: () => value, setItem: (_, text) => (value = text) });
  return { tour, go, kept: () => value };
}

describe('Tour', () => {
  it('leads from an example to a run by its own buttons and the user’s start', () => {
    const { tour, go, kept } = lab();
    expect(tour).toMatchObject({ seen: false, step: undefined });
    tour.start();
    expect(kept()).not.toBeNull();
    expect(tour.step?.target).toBe('examples');
    tour.next();
    expect(tour.step?.target).toBe('goals');
    tour.next();
    expect(tour).toMatchObject({ step: { target: 'start' }, canGoBack: true, isAway: false });
    go('#/run/1');
    expect(tour).toMatchObject({ step: { target: 'curves' }, number: 4, canGoBack: false });
    tour.next();
    expect(tour.isLast).toBe(true);
    tour.back();
    expect(tour.step?.target).toBe('curves');
    tour.next();
    tour.next();
    expect(tour.step).toBeUndefined();
  });

  it('follows an example that the user chooses, and waits on other pages', () => {
    const { tour, go } = lab();
    tour.start();
    go('#/new?example=kinase.toml');
    expect(tour.step?.target).toBe('goals');
    go('#/settings');
    expect(tour).toMatchObject({ isAway: true, step: { target: 'goals' } });
    go('#/new?example=kinase.toml');
    expect(tour.isAway).toBe(false);
    go('#/new');
    expect(tour.step?.target).toBe('examples');
  });

  it('is not offered again once it was declined, and can still be taken', () => {
    const { tour, kept } = lab();
    tour.leave();
    expect(tour.seen).toBe(true);
    const again = lab(kept());
    expect(again.tour.seen).toBe(true);
    again.tour.start();
    expect(again.tour.number).toBe(1);
  });

  it('points at something different in each step', () => {
    expect(new Set(tourSteps.map(({ target }) => target)).size).toBe(tourSteps.length);
  });
});
