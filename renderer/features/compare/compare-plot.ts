/**
 * @file Curves of several groups of runs as options of an Observable Plot: mean over seeds with its interval, by number
 * of sequences scored.
 */
import * as Plot from '@observablehq/plot';
import { curveOf, type CurvePoint, type RunGroup } from '../../lib/compare.ts';
import { count, score } from '../../lib/format.ts';
import { goalColor } from '../../lib/goals.ts';
import type { PlotSize } from '../../lib/parity.ts';

/** Dash patterns distinguish the lines without colour. */
const dashes = ['', '7,4', '2,3', '9,3,2,3', '12,4', '1,4'] as const;
export const dashOf = (group: number): string => dashes[group % dashes.length];

interface Shown extends CurvePoint {
  readonly group: string;
}

/** @param goal index of the goal; null for the total score */
export function groupCurves(groups: readonly RunGroup[], goal: number | null, size: PlotSize): Plot.PlotOptions {
  const all = groups.map((group) => curveOf(group, goal).map((point): Shown => ({ ...point, group: group.label })));
  const points = all.flat();
  const most = Math.max(1, ...points.map(({ scored }) => scored));
  return {
    ...size,
    marginLeft: 40,
    marginRight: 14,
    marginBottom: 38,
    x: {
      domain: [0, most],
      label: 'sequences scored',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: Math.max(2, Math.floor(size.width / 110)),
      tickFormat: count,
      tickSize: 4,
    },
    y: { domain: [0, 1], ticks: 5, label: null, tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      ...all.map((curve, i) => band(curve, i)),
      ...all.map((curve, i) =>
        curve.length < 2
          ? Plot.dot(curve, { x: 'scored', y: 'mean', fill: goalColor(i) })
          : Plot.lineY(curve, {
              x: 'scored',
              y: 'mean',
              stroke: goalColor(i),
              strokeWidth: 2,
              strokeDasharray: dashOf(i),
            }),
      ),
      Plot.tip(
        points,
        Plot.pointer({
          x: 'scored',
          y: 'mean',
          title: read,
          fill: 'var(--panel)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  };
}

function band(curve: readonly Shown[], group: number): Plot.Markish {
  const known = curve.flatMap(({ scored, mean, half }) =>
    half === null ? [] : [{ scored, low: Math.max(0, mean - half), high: Math.min(1, mean + half) }],
  );
  return known.length < 2
    ? null
    : Plot.areaY(known, { x: 'scored', y1: 'low', y2: 'high', fill: goalColor(group), fillOpacity: 0.12 });
}

const read = ({ group, scored, mean, half }: Shown): string =>
  `${group}\n${score(mean)}${half === null ? '' : ` ± ${score(half)}`}\nafter ${count(scored)} scored`;

/** The final values of the curves in words. */
export function spokenCurves(groups: readonly RunGroup[], goal: number | null, name: string): string {
  const ends = groups.map((group) => `${group.label} ${score(curveOf(group, goal).at(-1)?.mean)}`);
  return `Mean score of ${name} by sequences scored. At the end: ${ends.join(', ')}.`;
}
