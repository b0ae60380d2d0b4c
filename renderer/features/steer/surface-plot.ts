/**
 * @file The measured surface for two goals: one dot with its interval per setting. The shape marks the Pareto front.
 */
import * as Plot from '@observablehq/plot';
import type { SurfaceSetting } from '../../../contract/api.ts';
import { percent, score } from '../../lib/format.ts';
import type { PlotSize } from '../../lib/parity.ts';

/** A setting and its position in the plot. */
export interface SurfaceDot {
  readonly weights: readonly number[];
  readonly x: number;
  readonly y: number;
  readonly xLow: number;
  readonly xHigh: number;
  readonly yLow: number;
  readonly yHigh: number;
  readonly front: boolean;
  readonly text: string;
}

const AXIS = { labelAnchor: 'center', labelArrow: 'none', ticks: 4, tickSize: 4, nice: true } as const;

function dotsOf(settings: readonly SurfaceSetting[], x: number, y: number, names: readonly string[]): SurfaceDot[] {
  return settings.flatMap(({ objectives, weights, front }) => {
    const [a, b] = [objectives[x], objectives[y]];
    if (a.mean === null || b.mean === null) return [];
    const text = weights.map((weight, i) => `${percent(weight)} ${names[i]}`).join('\n');
    return [
      {
        weights,
        x: a.mean,
        y: b.mean,
        xLow: a.low ?? a.mean,
        xHigh: a.high ?? a.mean,
        yLow: b.low ?? b.mean,
        yHigh: b.high ?? b.mean,
        front,
        text: `${text}\n${score(a.mean)} and ${score(b.mean)}`,
      },
    ];
  });
}

/**
 * @param x, y indices of the goals
 * @param names of all goals
 */
export function surfacePlot(
  settings: readonly SurfaceSetting[],
  x: number,
  y: number,
  names: readonly string[],
  size: PlotSize,
): Plot.PlotOptions {
  const dots = dotsOf(settings, x, y, names);
  return {
    ...size,
    marginLeft: 58,
    marginBottom: 38,
    x: { ...AXIS, label: names[x] },
    y: { ...AXIS, label: names[y], labelOffset: 50 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.link(dots, { x1: 'xLow', x2: 'xHigh', y1: 'y', y2: 'y', stroke: 'var(--line-strong)' }),
      Plot.link(dots, { x1: 'x', x2: 'x', y1: 'yLow', y2: 'yHigh', stroke: 'var(--line-strong)' }),
      Plot.dot(dots, {
        x: 'x',
        y: 'y',
        r: 4,
        fill: (dot: SurfaceDot) => (dot.front ? 'var(--accent)' : 'var(--panel)'),
        stroke: 'var(--accent)',
        symbol: (dot: SurfaceDot) => (dot.front ? 'diamond' : 'circle'),
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          x: 'x',
          y: 'y',
          title: 'text',
          fill: 'var(--panel)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  };
}
