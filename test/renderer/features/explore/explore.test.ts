import { describe, expect, it, vi } from 'vitest';
import { Explorer } from '../../../../renderer/features/explore/explore.svelte.ts';
import { filterByText } from '../../../../renderer/features/explore/filters/filters.svelte.ts';
import { TableColumns } from '../../../../renderer/features/explore/lists/table-columns.svelte.ts';
import { roomy, tickLetters } from '../../../../renderer/features/explore/plots/points.ts';
import { axisName, quantitiesOf } from '../../../../renderer/features/explore/quantities.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { candidate } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

async function explorerOf(candidates: number): Promise<{ host: FakeHost; explorer: Explorer }> {
  const host = new FakeHost({ candidates });
  const explorer = new Explorer(
    createClient(host, () => undefined),
    1,
  );
  explorer.describe(host.detail);
  await explorer.extend();
  return { host, explorer };
}

function bruteOrder(values: Float32Array, ascending: boolean): number[] {
  const key = (i: number): number => (Number.isNaN(values[i]) ? -Infinity : ascending ? -values[i] : values[i]);
  return Array.from(values, (_, i) => i).sort((a, b) => key(b) - key(a) || a - b);
}

describe('axes and headings', () => {
  const quantity = { key: 'raw:0', label: 'Easy to make', unit: '', values: new Float32Array() };

  it('name the measure, the unit and whether low is good', () => {
    expect(axisName({ ...quantity, fullLabel: 'Easy to make (SA score)', lowIsGood: true })).toBe(
      'Easy to make (SA score), lower is better',
    );
    expect(axisName({ ...quantity, label: 'Size', unit: 'g/mol' })).toBe('Size, g/mol');
  });

  it('have room around a single value, and for their longest number', () => {
    expect(roomy({ low: 3, high: 4 })).toEqual({ low: 3, high: 4 });
    expect(roomy({ low: 72, high: 72 })).toEqual({ low: 72 - 3.6, high: 72 + 3.6 });
    expect(roomy({ low: 0, high: 0 })).toEqual({ low: -0.5, high: 0.5 });
    expect(
      [
        { low: 0, high: 1 },
        { low: -2, high: 6 },
        { low: 120, high: 620 },
        { low: 0, high: 100_000 },
        { low: 0.4351, high: 0.4359 },
      ].map(tickLetters),
    ).toEqual(['0.4', '−2', '620', '100,000', '0.4356'].map(({ length }) => length));
  });

  it('know the measure of a run’s goals', async () => {
    const { host, explorer } = await explorerOf(4);
    const names = quantitiesOf(host.detail, explorer.table, explorer.totals).map(axisName);
    expect(names).toContain(host.detail.objectives[0].label);
  });

  it('are wide enough for two lines of their heading, until they are dragged', () => {
    const columns = new TableColumns([quantity], () => false);
    const narrow = columns.width({ ...quantity, label: 'Total' });
    expect(columns.width({ ...quantity, label: 'CpG observed over expected' })).toBeGreaterThan(narrow + 20);
    expect(columns.width({ ...quantity, label: 'x'.repeat(300) })).toBeLessThan(160);
    columns.resize('raw:0', 61);
    expect(columns.width({ ...quantity, label: 'Total' })).toBe(61);
  });
});

describe('Explorer', () => {
  it('reads all candidates in batches, best total first', async () => {
    const { host, explorer } = await explorerOf(20_000);
    expect([explorer.count, explorer.shown.length, explorer.ready]).toEqual([20_000, 20_000, true]);
    expect(host.calls.filter(({ method }) => method === 'explore.columns')).toHaveLength(5);
    expect([...explorer.shown]).toEqual(bruteOrder(explorer.totals, false));
  });

  it('is empty without candidates', async () => {
    const { explorer } = await explorerOf(0);
    expect([explorer.ready, explorer.count, explorer.shown.length]).toEqual([true, 0, 0]);
  });

  it('adds what a running design finds, and keeps selection and filters', async () => {
    const { host, explorer } = await explorerOf(1000);
    explorer.selection.toggle(7);
    explorer.filters.setRange('round', { low: 1, high: 3 });
    const before = explorer.shown.length;
    host.candidates = 1500;
    await explorer.peek();
    expect([explorer.news, explorer.shown.length]).toEqual([500, before]);
    await explorer.extend();
    expect([explorer.count, explorer.news, explorer.selection.has(7)]).toEqual([1500, 0, true]);
    expect(explorer.shown.length).toBeGreaterThan(before);
    expect(explorer.table.ids[1499]).toBe(1500);
  });

  it('filters as a check of each candidate would', async () => {
    const { explorer } = await explorerOf(2000);
    explorer.filters.setRange('raw:2', { low: 1, high: 3 });
    explorer.filters.feasible = true;
    explorer.filters.sources = new Set([0, 1]);
    explorer.filters.setExternal('half', { label: 'First half', mask: new Uint8Array(1000).fill(1) });
    const expected = Array.from({ length: 1000 }, (_, i) => i).filter((i) => {
      const logp = candidate(i).raw[2] ?? NaN;
      return logp >= 1 && logp <= 3 && i % 7 > 0 && [0, 1].includes((i % 5) - 1);
    });
    expect([...explorer.shown].sort((a, b) => a - b)).toEqual(expected);
    expect(explorer.filters.active.map(({ key }) => key)).toEqual(['raw:2', 'external:half', 'feasible', 'sources']);
    explorer.filters.clear();
    expect(explorer.shown.length).toBe(2000);
  });

  it('excludes a missing value from every range', async () => {
    const { explorer } = await explorerOf(10);
    explorer.filters.setRange('raw:3', { low: -Infinity, high: Infinity });
    expect([...explorer.shown]).not.toContain(3);
    expect(explorer.shown).toHaveLength(9);
  });

  it('finds text in sequences', async () => {
    const { host, explorer } = await explorerOf(300);
    explorer.filters.text = ' S( ';
    await filterByText(
      createClient(host, () => undefined),
      1,
      explorer.filters,
      explorer.count,
    );
    expect([...explorer.shown].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 300 }, (_, i) => i).filter((i) => candidate(i).sequence.includes('S(')),
    );
  });

  it('ranks again when weights move, and back', async () => {
    const { explorer } = await explorerOf(500);
    const before = [...explorer.shown];
    [0, 1, 3].forEach((goal) => explorer.setWeight(goal, 0));
    expect([...explorer.shown]).toEqual(bruteOrder(explorer.table.scores[2], false));
    explorer.resetWeights();
    expect([...explorer.shown]).toEqual(before);
  });

  it('sorts by a quantity, best values first, and reverses the order', async () => {
    const { explorer } = await explorerOf(100);
    explorer.sortBy('raw:1');
    expect(explorer.sorting).toEqual({ key: 'raw:1', ascending: true });
    explorer.sortBy('raw:1');
    expect([...explorer.shown]).toEqual(bruteOrder(explorer.table.raw[1], false));
  });

  it('sorts and filters by a panel’s quantity until it is removed', async () => {
    const { explorer } = await explorerOf(10);
    explorer.setExtra({
      key: 'similarity',
      label: 'Similarity',
      unit: '',
      values: Float32Array.from({ length: 10 }, (_, i) => i / 10),
    });
    explorer.sortBy('similarity');
    explorer.filters.setRange('similarity', { low: 0.65, high: 1 });
    expect([...explorer.shown]).toEqual([9, 8, 7]);
    explorer.removeExtra('similarity');
    expect([explorer.sorting.key, explorer.shown.length]).toEqual(['total', 10]);
  });

  it('reads sequences of visible candidates once', async () => {
    const { host, explorer } = await explorerOf(1000);
    expect(explorer.at(5)?.sequence).toBe('');
    explorer.look([5, 6]);
    explorer.look([6, 7]);
    await vi.waitFor(() => expect(explorer.at(5)?.sequence).toBe(candidate(5).sequence));
    expect(explorer.at(5)).toEqual({ ...candidate(5), total: explorer.at(5)?.total, starred: false });
    expect(host.calls.filter(({ method }) => method === 'explore.rows')).toHaveLength(1);
  });

  it('requests rows again that could not be read', async () => {
    const { host, explorer } = await explorerOf(10);
    host.become({ status: 'lost', retryAt: null });
    explorer.look([1]);
    await vi.waitFor(() => expect(host.calls.at(-1)?.method).toBe('explore.rows'));
    expect(explorer.at(1)?.sequence).toBe('');
    host.become({ status: 'open', retryAt: null });
    await vi.waitFor(() => {
      explorer.look([1]);
      expect(explorer.at(1)?.sequence).toBe(candidate(1).sequence);
    });
  });

  it('keeps its data if a read fails, and says why', async () => {
    const { host, explorer } = await explorerOf(10);
    host.become({ status: 'lost', retryAt: null });
    await explorer.extend();
    expect([explorer.count, explorer.error?.code, explorer.reading]).toEqual([10, 'host-lost', false]);
  });

  it('steps through the present order', async () => {
    const { explorer } = await explorerOf(50);
    explorer.show(explorer.shown[0]);
    explorer.step(-1);
    explorer.step(1);
    expect([explorer.open, explorer.rankOf(explorer.open ?? -1)]).toEqual([explorer.shown[1], 2]);
  });
});

describe('selection and stars', () => {
  it('toggles, extends a range, inverts the shown candidates, and counts hidden ones', async () => {
    const { explorer } = await explorerOf(40);
    const { selection, filters } = explorer;
    selection.toggle(explorer.shown[2]);
    selection.addRange(explorer.shown[5]);
    expect(selection.numbers()).toEqual([...explorer.shown.slice(2, 6)].sort((a, b) => a - b));
    filters.setExternal('none', { label: 'None', mask: new Uint8Array(40) });
    expect([selection.count, selection.hidden]).toEqual([4, 4]);
    filters.clear();
    selection.invert();
    expect(selection.count).toBe(36);
    selection.clear();
    expect(selection.count).toBe(0);
  });

  it('selects the nearest by scores, the candidate itself first', async () => {
    const { explorer } = await explorerOf(60);
    explorer.selectSimilar(0, 5);
    const distance = (i: number): number =>
      explorer.table.scores.reduce(
        (sum, column) => sum + (Number.isNaN(column[i]) ? 1 : (column[i] - column[0]) ** 2),
        0,
      );
    const nearest = Array.from({ length: 60 }, (_, i) => i)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, 5);
    expect(explorer.selection.has(0)).toBe(true);
    expect(explorer.selection.numbers().map(distance).sort()).toEqual(nearest.map(distance).sort());
  });

  it('stars several candidates and undoes it', async () => {
    const { explorer } = await explorerOf(20);
    await explorer.stars.add([3]);
    const undo = await explorer.stars.add([3, 4, 5]);
    explorer.filters.starred = true;
    expect([...explorer.shown].sort()).toEqual([3, 4, 5]);
    await undo();
    expect([...explorer.stars.numbers]).toEqual([3]);
    const back = await explorer.stars.remove([3]);
    await back();
    expect(explorer.at(3)?.starred).toBe(true);
  });
});
