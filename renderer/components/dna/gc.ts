/** @file GC content along a sequence: a description and the options of an Observable Plot. */
import * as Plot from '@observablehq/plot';
import { percent } from '../../lib/format.ts';

/** Available window lengths in bases. The default is the smallest one that smooths out single bases. */
export const windowLengths = [10, 20, 50, 100] as const;
export const usualWindow = 20;

export interface GcTrack {
  /** Window length in bases. */
  readonly window: number;
  /** GC content between 0 and 1, of the whole sequence and of the window at each position. */
  readonly whole: number;
  readonly windows: readonly number[];
}

/** "35% at 12–31": the first window with that GC content. Positions count from 1. */
function at(share: number, { window, windows }: GcTrack): string {
  const start = windows.indexOf(share);
  return `${percent(share)} at ${start + 1}–${start + window}`;
}

/** Describes the plot in one sentence. */
export function gcWords(track: GcTrack): string {
  const { whole, window, windows } = track;
  const all = `GC content ${percent(whole)}`;
  if (windows.length === 0) return `${all}. The sequence is shorter than a window of ${window} bases.`;
  const [low, high] = windows.reduce(([least, most], share) => [Math.min(least, share), Math.max(most, share)], [1, 0]);
  if (low === high) return `${all}, and ${percent(low)} in every window of ${window} bases.`;
  return `${all}; in windows of ${window} bases from ${at(low, track)} to ${at(high, track)}.`;
}

/** Each window is plotted at its centre. The dashed line is the GC content of the whole sequence. */
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
