/** @file Which cells of a long grid are visible: the arithmetic of the virtualised grid. */
export interface GridSize {
  readonly count: number;
  readonly width: number;
  readonly minCell: number;
  readonly rowHeight: number;
  readonly gap: number;
}

export interface GridView {
  readonly columns: number;
  readonly cellWidth: number;
  readonly rows: number;
  readonly height: number;
  /** Cells to render. `last` is inclusive, and less than `first` if there are none. */
  readonly first: number;
  readonly last: number;
}

/** Extra rows above and below, so that fast scrolling shows rendered cards. */
const spareRows = 2;

/**
 * @param top pixels of the grid hidden above the visible area (negative while it starts below the edge)
 * @param visible height of the visible area in pixels
 */
export function gridView(size: GridSize, top: number, visible: number): GridView {
  const columns = Math.max(1, Math.floor((size.width + size.gap) / (size.minCell + size.gap)));
  const cellWidth = (size.width - size.gap * (columns - 1)) / columns;
  const stride = size.rowHeight + size.gap;
  const rows = Math.ceil(size.count / columns);
  const firstRow = Math.max(0, Math.floor(top / stride) - spareRows);
  const lastRow = Math.min(rows - 1, Math.floor((top + visible) / stride) + spareRows);
  return {
    columns,
    cellWidth,
    rows,
    height: rows === 0 ? 0 : rows * stride - size.gap,
    first: firstRow * columns,
    last: Math.min(size.count, (lastRow + 1) * columns) - 1,
  };
}

/** Where the arrow keys lead from a cell; null for keys that don't move. */
export function moveTo(key: string, index: number, columns: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!(key in steps)) return null;
  const to = index + steps[key];
  return to < 0 || to >= count ? index : to;
}
