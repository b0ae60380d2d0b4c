/** @file Share of G and C along a sequence: the words for it, and a plot as Observable Plot's options. */
import * as Plot from '@observablehq/plot';
import { percent } from '../../lib/format.ts';

/** Bases of a window that can be chosen; the first that fits is the smallest that evens out single bases. */
export const windowLengths = [10, 20, 50, 100] as const;
export const usualWindow = 20;

export interface GcTrack {
  /** Bases of a window. */
  readonly window: number;
  /** In [0, 1], of the whole sequence and of the window from each position. */
  readonly whole: number;
  readonly windows: readonly number[];
}

/** "35% at 12–31": the first window with that share, counted from 1. */
function at(share: number, { window, windows }: GcTrack): string {
  const start = windows.indexOf(share);
  return `${percent(share)} at ${start + 1}–${start + window}`;
}

/** All that the plot shows, in one sentence. */
export function gcWords(track: GcTrack): string {
  const { whole, window, windows } = track;
  const all = `GC content ${percent(whole)}`;
  if (windows.length === 0) return `${all}. The sequence is shorter than a window of ${window} bases.`;
  const [low, high] = windows.reduce(([least, most], share) => [Math.min(least, share), Math.max(most, share)], [1, 0]);
  if (low === high) return `${all}, and ${percent(low)} in every window of ${window} bases.`;
  return `${all}; in windows of ${window} bases from ${at(low, track)} to ${at(high, track)}.`;
}

/** Each window at the middle of its bases; dashed, the share of the whole. */
export function gcPlot(
  { whole, window, windows }: GcTrack,
  { width, height }: { readonly width: number; readonly height: number },
): Plot.PlotOptions {
  const points = windows.map((share, start) => [start + (window + 1) / 2, 100 * share] as const);
  return {
    width,
    height,
    ...{ marginTop: 8, marginRight: 8, marginBottom: 34, marginLeft: 44 },
    x: {
      domain: [1, windows.length + window - 1],
      ticks: 6,
      tickSize: 3,
      label: 'position, bases',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [0, 100],
      ticks: [0, 25, 50, 75, 100],
      tickSize: 3,
      label: null,
      tickFormat: (value: number) => `${value}%`,
    },
    marks: [
      Plot.gridY([0, 25, 50, 75, 100], { stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY([100 * whole], { stroke: 'var(--line-strong)', strokeDasharray: '4,3' }),
      Plot.line(points, { stroke: 'var(--goal-0)', strokeWidth: 1.6 }),
    ],
  };
}
