/** @file Changes of the filters as steps: described in words, each undone separately, and none added by undoing. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Explorer } from '../../../../../renderer/features/explore/explore.svelte.ts';
import { filterByText } from '../../../../../renderer/features/explore/filters/filters.svelte.ts';
import { createClient } from '../../../../../renderer/link/client.ts';
import { FakeHost } from '../../../fake-transport.ts';

let host: FakeHost;
let explorer: Explorer;

beforeEach(async () => {
  host = new FakeHost({ candidates: 300 });
  explorer = new Explorer(
    createClient(host, () => undefined),
    1,
  );
  explorer.describe(host.detail);
  await explorer.extend();
});

const shown = (): string[] => explorer.filters.active.map(({ words }) => words);

describe('changes of filters', () => {
  it('are one step, however often a handle moved, and none if it returned', () => {
    const { filters, history } = explorer;
    for (const low of [1, 2, 3]) filters.setRange('round', { low, high: 9 });
    expect(history.settle()?.told).toBeUndefined();
    for (const low of [4, 5, 6]) filters.setRange('round', { low, high: 9 });
    const change = history.settle();
    expect(change?.told).toBe('The filter is now “Round 6 to 9”.');
    filters.setRange('round', { low: 8, high: 9 });
    filters.setRange('round', { low: 6, high: 9 });
    expect(history.settle()).toBeUndefined();
    change?.undo();
    expect(shown()).toEqual(['Round 3 to 9']);
    expect(history.settle()).toBeUndefined();
  });

  it('are undone separately, whatever came later', () => {
    const { filters, history } = explorer;
    filters.setRange('round', { low: 1, high: 9 });
    filters.feasible = true;
    filters.sources = new Set([0, 1]);
    history.settle();
    filters.sources = new Set([0]);
    const narrowed = history.settle();
    filters.setRange('round', undefined);
    const ended = history.settle();
    expect([narrowed?.told, ended?.told]).toEqual([
      'The filter “Source” is changed.',
      'The filter “Round 1 to 9” is removed.',
    ]);
    narrowed?.undo();
    expect([filters.sources, shown()]).toEqual([new Set([0, 1]), ['Meets all limits', 'Source']]);
    ended?.undo();
    expect(shown()).toEqual(['Round 1 to 9', 'Meets all limits', 'Source']);
  });

  it('that are made together are undone together', async () => {
    const { filters, history } = explorer;
    filters.text = 'S(';
    await filterByText(
      createClient(host, () => undefined),
      1,
      filters,
      explorer.count,
    );
    filters.starred = true;
    const added = history.settle();
    filters.clear();
    const cleared = history.settle();
    expect([added?.told, cleared?.told, filters.text]).toEqual([undefined, 'The filters are cleared.', '']);
    cleared?.undo();
    expect([shown(), filters.text]).toEqual([['Contains “S(”', 'Starred'], 'S(']);
    added?.undo();
    expect([shown(), filters.text]).toEqual([[], '']);
  });

  it('are not recorded when new candidates renew a filter', async () => {
    const { filters, history } = explorer;
    await explorer.substructure.look('CC');
    history.settle();
    host.candidates = 310;
    await explorer.extend();
    await explorer.substructure.extend();
    expect(filters.external('substructure')?.mask).toHaveLength(310);
    expect(history.settle()).toBeUndefined();
  });
});
