import { describe, expect, it } from 'vitest';
import { gridView, moveTo } from '../../../renderer/lib/window.ts';

describe('the virtualised grid', () => {
  const size = { count: 100_000, width: 748, minCell: 208, rowHeight: 234, gap: 12 };

  it('renders the visible rows and two more on each side', () => {
    const view = gridView(size, 24_600, 500);
    expect([view.columns, view.rows, view.first, view.last]).toEqual([3, 33_334, 294, 314]);
  });

  it('is complete at both ends, for one cell and for none', () => {
    expect(gridView(size, -300, 500).first).toBe(0);
    expect(gridView(size, 33_333 * 246, 500).last).toBe(99_999);
    expect(gridView({ ...size, count: 0 }, 0, 500)).toMatchObject({ height: 0, first: 0, last: -1 });
    expect(gridView({ ...size, count: 1 }, 0, 500)).toMatchObject({ height: 234, last: 0 });
  });

  it('is navigated with arrow keys, which never leave it', () => {
    expect([
      moveTo('ArrowDown', 1, 3, 10),
      moveTo('ArrowUp', 1, 3, 10),
      moveTo('ArrowRight', 9, 3, 10),
      moveTo('End', 0, 3, 10),
      moveTo('x', 0, 3, 10),
    ]).toEqual([4, 1, 9, 9, null]);
  });
});
