/** @file The map of a run in the window: fingerprints read once, methods kept apart, cancelling, a lost host. */
import { describe, expect, it, vi } from 'vitest';
import type { ExternalFilter } from '../../../../../renderer/features/explore/filters/filters.svelte.ts';
import type { Quantity } from '../../../../../renderer/features/explore/quantities.ts';
import type { RunJob } from '../../../../../renderer/features/explore/space/jobs.ts';
import { meanAt, regionsOf } from '../../../../../renderer/features/explore/space/regions.ts';
import { Space } from '../../../../../renderer/features/explore/space/space.svelte.ts';
import { emptyTable, type Table } from '../../../../../renderer/features/explore/table.ts';
import { createClient } from '../../../../../renderer/link/client.ts';
import { FakeHost } from '../../../fake-transport.ts';

/** Puts number i at (i, -i), the numbers that UMAP is given alone. */
const inLine: RunJob = (name, params, progress) => {
  progress(0.5);
  const { fingerprints, numbers } = params as { fingerprints: { count: number }; numbers?: Int32Array };
  const x = Float32Array.from({ length: fingerprints.count }, (_, i) =>
    numbers === undefined || numbers.includes(i) ? i : NaN,
  );
  return Promise.resolve({ x, y: x.map((value) => -value), ...(name === 'pca' && { shares: [0.2, 0.1] }) } as never);
};

/** All candidates pass, and are the better the later they came; what is set is kept for the test. */
class Source {
  runId = 1;
  count: number;
  shown: Int32Array;
  totals: Float32Array;
  readonly filters = {
    set: undefined as ExternalFilter | undefined,
    setExternal: (_: string, filter: ExternalFilter | undefined) => (this.filters.set = filter),
    external: () => this.filters.set,
  };
  extra: Quantity | undefined;
  table: Table = emptyTable;

  constructor(count: number) {
    this.count = count;
    this.shown = Int32Array.from({ length: count }, (_, i) => i);
    this.totals = Float32Array.from({ length: count }, (_, i) => i / count);
  }

  setExtra(quantity: Quantity): void {
    this.extra = quantity;
  }

  goalName(goal: number): string {
    return `goal ${goal}`;
  }
}

function spaceOf(candidates: number, job: RunJob = inLine): { host: FakeHost; source: Source; space: Space } {
  const host = new FakeHost({ candidates });
  const source = new Source(candidates);
  return {
    host,
    source,
    space: new Space(
      createClient(host, () => undefined),
      source,
      job,
    ),
  };
}

const asked = (host: FakeHost): number => host.calls.filter(({ method }) => method === 'space.fingerprints').length;

describe('the map', () => {
  it('reads fingerprints in batches once, and later only those of new candidates', async () => {
    const { host, source, space } = spaceOf(5000);
    await space.map.choose('pca');
    expect(space.map.made).toMatchObject({ method: 'pca', from: 5000, placed: 5000, shares: [0.2, 0.1] });
    expect(asked(host)).toBe(2);
    [host.candidates, source.count] = [5010, 5010];
    await space.map.make();
    expect(host.calls.at(-1)).toMatchObject({ params: { from: 5000, limit: 10 } });
    expect(space.map.made).toMatchObject({ from: 5010, placed: 5010 });
  });

  it('lays out the candidates that pass the filters by UMAP, and keeps each method’s map', async () => {
    const { source, space } = spaceOf(40);
    source.shown = Int32Array.of(30, 2, 7);
    await space.map.choose('umap');
    expect(space.map.made).toMatchObject({ method: 'umap', placed: 3 });
    await space.map.choose('pca');
    const first = space.map.made;
    await space.map.choose('umap');
    await space.map.choose('pca');
    expect(space.map.made).toBe(first);
  });

  it('says why it failed, and succeeds at the next attempt', async () => {
    const { host, space } = spaceOf(40);
    host.state = { status: 'lost', retryAt: null };
    await space.map.choose('pca');
    expect(space.map.task).toMatchObject({ running: false, error: { code: 'host-lost' } });
    host.state = { status: 'open', retryAt: null };
    await space.map.make();
    expect(space.map.task.error).toBeUndefined();
    expect(space.map.made?.placed).toBe(40);
  });

  it('has no failure after cancelling, and no map of too few candidates', async () => {
    const waiting: RunJob = (_name, _params, _progress, signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError'))),
      );
    const cancelled = spaceOf(40, waiting).space.map;
    const making = cancelled.choose('pca');
    while (cancelled.task.what !== 'Reading fingerprints') await Promise.resolve();
    cancelled.task.cancel();
    await making;
    expect(cancelled).toMatchObject({ made: undefined, task: { running: false, error: undefined } });
    const few = spaceOf(3, () => Promise.resolve(null)).space.map;
    await few.choose('umap');
    expect(few).toMatchObject({ made: undefined, tooFew: true });
  });
});

describe('clusters', () => {
  /** Even and odd numbers, each with the best given number as centre. */
  const byParity: RunJob = (_name, params) => {
    const { fingerprints, numbers } = params as { fingerprints: { count: number }; numbers: Int32Array };
    const of = Int32Array.from({ length: fingerprints.count }, (_, i) => (numbers.includes(i) ? i % 2 : -1));
    return Promise.resolve({
      method: 'butina',
      of,
      centres: Int32Array.from([0, 1], (parity) => numbers.find((one) => one % 2 === parity) ?? -1),
    } as never);
  };

  it('group the candidates that pass the filters, best first, and are a quantity and a filter for every panel', async () => {
    const { source, space } = spaceOf(6, byParity);
    source.shown = Int32Array.of(2, 5, 4, 1);
    source.totals[1] = NaN;
    await space.clusters.make('molecule');
    expect(space.clusters.made).toMatchObject({ least: 0.4, grouped: 4, passing: 4, centres: Int32Array.of(4, 5) });
    expect([...(source.extra?.values ?? [])]).toEqual([NaN, 2, 1, NaN, 1, 2]);
    expect(space.clusters.summaries).toEqual([
      { index: 0, size: 2, best: 4 },
      { index: 1, size: 2, best: 5 },
    ]);
    expect([...space.clusters.members(1)]).toEqual([1, 5]);
    space.clusters.filter(0);
    expect(source.filters.set).toEqual({ label: 'Cluster 1', mask: Uint8Array.of(0, 0, 1, 0, 1, 0) });
  });

  it('of DNA require more similarity by default, since k-mers agree by chance', () => {
    const { clusters } = spaceOf(6, byParity).space;
    expect(clusters.leastFor('dna')).toBeGreaterThan(clusters.leastFor('molecule'));
    clusters.least = 0.5;
    expect([clusters.leastFor('dna'), clusters.leastFor('molecule')]).toEqual([0.5, 0.5]);
  });
});

describe('scaffolds', () => {
  it('are named once, in batches, and grouped under their skeletons with what passes the filters', async () => {
    const { host, source, space } = spaceOf(1200);
    source.table = { ...emptyTable, count: 1200, scaffold: Int32Array.from({ length: 1200 }, (_, i) => i - 1) };
    source.shown = Int32Array.of(0, 3, 8, 20);
    await space.scaffolds.read();
    await space.scaffolds.read();
    expect(host.calls.map(({ method }) => method)).toEqual(['space.scaffolds', 'space.scaffolds', 'space.scaffolds']);
    expect(space.scaffolds).toMatchObject({ scaffolds: 4, skeletons: 3 });
    const [first] = space.scaffolds.rows;
    expect(first).toMatchObject({ id: 'C1CC1.3', skeleton: { size: 2, best: 8 }, position: 1, siblings: 3 });
    expect([...space.scaffolds.members(first)]).toEqual([3, 8]);
    space.scaffolds.setOpen(first.id, true);
    space.scaffolds.order = 'best';
    expect(space.scaffolds.rows.map(({ id, scaffold }) => [id, scaffold?.smiles])).toEqual([
      ['C1CC1.0', undefined],
      ['C1CC1.3', undefined],
      ['C1CC1.3 7', 'C1CC1.8'],
      ['C1CC1.3 2', 'C1CC1.3'],
      ['', undefined],
    ]);
    space.scaffolds.filter(first);
    expect(source.filters.set?.label).toBe('Skeleton C1CC1.3');
    expect([...(source.filters.set?.mask ?? []).keys()].filter((i) => source.filters.set?.mask[i] === 1)).toEqual([
      3, 8,
    ]);
  });
});

describe('applicability domains', () => {
  it('are requested on demand, once for each candidate, and filter by the chosen goals', async () => {
    const {
      host,
      source,
      space: { applicability },
    } = spaceOf(600);
    await applicability.learn();
    expect(applicability.goals).toEqual([0, 2]);
    expect(host.calls).toHaveLength(1);
    await applicability.choose(0, true);
    expect([...(source.filters.set?.mask ?? []).slice(0, 6)]).toEqual([0, 1, 1, 0, 1, 1]);
    expect(applicability.outside).toBe(200);
    await applicability.choose(2, true);
    // The second predictor knows no answer for every fifth candidate.
    expect([...(source.filters.set?.mask ?? []).slice(0, 6)]).toEqual([0, 1, 1, 0, 1, 0]);
    expect(host.calls).toHaveLength(3);
    const both = source.filters.set;
    expect(both?.label).toBe('In the applicability domain of goal 0 and goal 2');
    await applicability.choose(0, false);
    await applicability.choose(2, false);
    expect(source.filters.set).toBeUndefined();
    both?.resume?.();
    await vi.waitFor(() => expect(source.filters.set).toMatchObject({ label: both?.label, mask: both?.mask }));
    expect([applicability.has(0), applicability.has(2)]).toEqual([true, true]);
    expect(host.calls).toHaveLength(3);
  });

  it('are requested for visible candidates of any panel after a pause, each once', async () => {
    const {
      host,
      space: { applicability },
    } = spaceOf(600);
    applicability.look('cards', [0, 1, 2]);
    await applicability.learn();
    expect([applicability.unlike(0), applicability.unlike(1)]).toEqual([['goal 0'], []]);
    applicability.look('cards', [5, 6]);
    applicability.look('table', [6, 7]);
    applicability.look('cards', [2, 3]);
    expect(applicability.unlike(3)).toEqual([]);
    await vi.waitFor(() => expect(applicability.unlike(3)).toEqual(['goal 0']));
    expect(host.calls.map(({ params }) => (params as { numbers: number[] }).numbers)).toEqual([
      [],
      [0, 1, 2],
      [3, 6, 7],
    ]);
    await applicability.choose(0, true);
    expect((host.calls.at(-1)?.params as { numbers: number[] }).numbers).toHaveLength(600 - 500 - 6);
  });

  it('says why it failed, and continues from there', async () => {
    const {
      host,
      source,
      space: { applicability },
    } = spaceOf(10);
    await applicability.learn();
    host.state = { status: 'lost', retryAt: null };
    await applicability.choose(0, true);
    expect(applicability.task.error).toMatchObject({ code: 'host-lost' });
    host.state = { status: 'open', retryAt: null };
    await applicability.extend();
    expect(source.filters.set?.mask).toHaveLength(10);
  });
});

it('describes a map in words: fullest parts first, without candidates that are not on it', () => {
  const x = Float32Array.of(0, 1, 0.9, 0.5, NaN, 1);
  const y = Float32Array.of(0, 1, 0.8, 0.5, 0, 0.9);
  const regions = regionsOf(Int32Array.of(0, 1, 2, 3, 4, 5), x, y);
  expect(regions.map(({ name, numbers }) => [name, [...numbers]])).toEqual([
    ['top right', [1, 2, 5]],
    ['bottom left', [0]],
    ['middle', [3]],
  ]);
  expect(meanAt(Float32Array.of(1, NaN, 4), Int32Array.of(0, 1, 2))).toBe(2.5);
  expect(meanAt(Float32Array.of(NaN), Int32Array.of(0))).toBeNaN();
});
