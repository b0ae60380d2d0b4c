/** @file The plot of measured blends by the mean scores of two goals, and the settings on the handle. */
import * as Plot from '@observablehq/plot';
import type { MeanScore } from '../../../contract/api.ts';
import { score } from '../../lib/format.ts';

export interface MeasuredBlend {
  readonly name: string;
  readonly objectives: readonly MeanScore[];
  readonly latest: boolean;
}

/** Weights that were sampled, for the handle. */
export interface SampledSetting {
  readonly key: string;
  readonly name: string;
  /** Sum to 1. */
  readonly weights: readonly number[];
  /**
   * Mean total by the design's weights, by which settings are compared, with its 95% interval; null if no candidate has
   * a total.
   */
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Ids of a blend's candidates that the run had not found before. These are the latest ids, since known candidates have
 * earlier ones.
 * @param known number of candidates that the run had found
 */
export function firstFound(candidates: readonly { readonly id: number }[], known: number): Set<number> {
  return new Set(
    candidates
      .map(({ id }) => id)
      .sort((a, b) => b - a)
      .slice(0, candidates.length - known),
  );
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly latest: boolean;
}

export interface Axis {
  readonly index: number;
  readonly label: string;
}

/** Blends that lack a mean for one of the goals are left out. */
export function dotsOf(blends: readonly MeasuredBlend[], x: number, y: number): Dot[] {
  return blends.flatMap(({ name, objectives, latest }) => {
    const [atX, atY] = [objectives[x]?.mean ?? null, objectives[y]?.mean ?? null];
    return atX === null || atY === null ? [] : [{ x: atX, y: atY, name, latest }];
  });
}

/** A range slightly wider than the data, at least a tenth. */
function domain(values: readonly number[]): [number, number] {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max(0.05, (Math.max(...values) - Math.min(...values)) * 0.65);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

export function blendPlot(blends: readonly MeasuredBlend[], x: Axis, y: Axis, width: number): Plot.PlotOptions {
  const dots = dotsOf(blends, x.index, y.index);
  const tip = (dot: Dot): string => `${dot.name}\n${score(dot.x)} ${x.label}\n${score(dot.y)} ${y.label}`;
  return {
    width,
    height: 160,
    marginLeft: 38,
    marginRight: 12,
    marginTop: 12,
    marginBottom: 26,
    x: { domain: domain(dots.map((dot) => dot.x)), ticks: 4, label: null },
    y: { domain: domain(dots.map((dot) => dot.y)), ticks: 4, label: null },
    marks: [
      Plot.gridX({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(dots, { x: 'x', y: 'y', stroke: 'var(--line-strong)', strokeOpacity: 0.4, strokeDasharray: '2,3' }),
      Plot.dot(dots, { x: 'x', y: 'y', r: 4.5, fill: 'var(--line-strong)', filter: (dot: Dot) => !dot.latest }),
      Plot.dot(dots, {
        x: 'x',
        y: 'y',
        r: 6.5,
        fill: 'var(--accent)',
        stroke: 'var(--panel)',
        strokeWidth: 1.5,
        filter: (dot: Dot) => dot.latest,
      }),
      Plot.tip(dots, Plot.pointer({ x: 'x', y: 'y', title: tip, fill: 'var(--panel)', stroke: 'var(--line-strong)' })),
    ],
  };
}
