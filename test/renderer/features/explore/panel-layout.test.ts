import { describe, expect, it } from 'vitest';
import { PanelLayout } from '../../../../renderer/features/explore/panel-layout.svelte.ts';

describe('PanelLayout', () => {
  it('remembers up to three panels and keeps the last one', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const layout = new PanelLayout(storage, ['grid', 'table'], ['grid']);
    layout.add('table');
    layout.replace(0, 'table');
    expect(new PanelLayout(storage, ['grid', 'table'], ['grid']).panels).toEqual(['table', 'table']);
    layout.remove(0);
    layout.remove(0);
    expect(layout.panels).toEqual(['table']);
    expect(new PanelLayout(storage, ['grid'], ['grid']).panels).toEqual(['grid']);
  });

  it('replaces a panel that a run does not have, and remembers the choice for runs that have it', () => {
    let kept = 'table,logo';
    const storage = { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) };
    const usual = ['grid', 'scatter'];
    const molecules = new PanelLayout(storage, ['grid', 'scatter', 'table', 'tree'], usual);
    expect(molecules.panels).toEqual(['table', 'scatter']);
    molecules.replace(0, 'scatter');
    molecules.add('grid');
    expect([molecules.panels, kept]).toEqual([['scatter', 'scatter', 'grid'], 'scatter,logo,grid']);
    expect(new PanelLayout(storage, ['grid', 'scatter', 'logo'], usual).panels).toEqual(['scatter', 'logo', 'grid']);
    expect(new PanelLayout(storage, ['grid', 'scatter', 'tree'], usual).panels).toEqual(['scatter', 'tree', 'grid']);
    molecules.replace(1, 'tree');
    expect(kept).toBe('scatter,tree,grid');
  });
});
