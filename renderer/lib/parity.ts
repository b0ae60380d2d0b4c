/**
 * @file Plots of a trained predictor as options of an Observable Plot: held-out predictions against measurements, and
 * the reliability of its errors.
 */
import * as Plot from '@observablehq/plot';
import type { HeldOutPoint, ReliabilityPoint, TaskInfo } from '../../contract/api.ts';
import { WIDTH_90 } from './error-bars.ts';
import { percent, raw } from './format.ts';

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

const frame = { marginTop: 14, marginRight: 16, marginBottom: 40, marginLeft: 60 };
/** More error bars would blur; with more points, only some get one. */
const mostBars = 200;

const axis = (label: string, domain: readonly [number, number]) =>
  ({ domain, label, labelAnchor: 'center', labelArrow: 'none', labelOffset: 36, ticks: 5, tickSize: 4 }) as const;

/** "pIC50 (-log10(M))" */
export function quantity({ name, unit }: Pick<TaskInfo, 'name' | 'unit'>): string {
  return unit === '' ? name : `${name} (${unit})`;
}

/** Both axes have the same range, so that the diagonal marks perfect prediction. */
function rangeOf(points: readonly HeldOutPoint[]): readonly [number, number] {
  const values = points.flatMap(({ measured, predicted }) => [measured, predicted]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.04 * (high - low || 1);
  return [low - margin, high + margin];
}

/** Predicted against measured values, with 90% error bars if there are few enough points. */
export function parity(points: readonly HeldOutPoint[], task: TaskInfo, size: PlotSize): Plot.PlotOptions {
  const domain = rangeOf(points);
  const [low, high] = domain;
  const every = Math.ceil(points.length / mostBars);
  const bars = points.filter(({ error }, i) => error !== null && i % every === 0);
  const read = ({ line, measured, predicted, error }: HeldOutPoint) =>
    `Line ${line}\nmeasured ${raw(measured, task.unit)}\npredicted ${raw(predicted, task.unit)}${error === null ? '' : ` ± ${raw(WIDTH_90 * error)}`}`;
  return {
    ...size,
    ...frame,
    x: axis(`measured ${quantity(task)}`, domain),
    y: { ...axis('predicted, held out', domain), labelOffset: 50 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(
        [
          [low, low],
          [high, high],
        ],
        { stroke: 'var(--line-strong)', strokeDasharray: '4,3' },
      ),
      Plot.ruleX(bars, {
        x: 'measured',
        y1: ({ predicted, error }: HeldOutPoint) => Math.max(low, predicted - WIDTH_90 * error!),
        y2: ({ predicted, error }: HeldOutPoint) => Math.min(high, predicted + WIDTH_90 * error!),
        stroke: 'var(--goal-0)',
        strokeOpacity: 0.22,
      }),
      Plot.dot(points, { x: 'measured', y: 'predicted', r: 2.6, fill: 'var(--goal-0)', fillOpacity: 0.75 }),
      Plot.tip(
        points,
        Plot.pointer({
          x: 'measured',
          y: 'predicted',
          title: read,
          fill: 'var(--panel)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  };
}

/** Observed against expected coverage; the diagonal is ideal. */
export function reliability(points: readonly ReliabilityPoint[], { kind }: TaskInfo, size: PlotSize): Plot.PlotOptions {
  const [promised, found] =
    kind === 'regression'
      ? ['width of the error bar', 'measurements within it']
      : ['predicted probability', 'share of positives'];
  return {
    ...size,
    ...frame,
    x: { ...axis(promised, [0, 1]), tickFormat: percent },
    y: { ...axis(found, [0, 1]), labelOffset: 52, tickFormat: percent },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'var(--line-strong)', strokeDasharray: '4,3' },
      ),
      Plot.line(points, { x: 'expected', y: 'observed', stroke: 'var(--goal-4)', strokeWidth: 2 }),
      Plot.dot(points, { x: 'expected', y: 'observed', r: 4, fill: 'var(--goal-4)' }),
      Plot.tip(
        points,
        Plot.pointer({
          x: 'expected',
          y: 'observed',
          title: ({ expected, observed, count }: ReliabilityPoint) =>
            `${promised} ${percent(expected)}\n${found} ${percent(observed)}\n${count} held out`,
          fill: 'var(--panel)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  };
}
