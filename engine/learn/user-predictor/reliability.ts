/** @file Reliability of error bars and probabilities, as points of a reliability plot. */
import { WIDTH_90 } from '../../predictor/sequence/calibration.ts';
import type { HeldOut } from './figures.ts';
import type { TaskKind } from './task.ts';

export interface ReliabilityPoint {
  /** Nominal share. */
  readonly expected: number;
  /** Observed share. */
  readonly observed: number;
  readonly count: number;
}

/** Half the width of the central share of a normal distribution, in standard deviations. */
const WIDTHS: readonly (readonly [share: number, width: number])[] = [
  [0.1, 0.12566],
  [0.2, 0.25335],
  [0.3, 0.38532],
  [0.4, 0.5244],
  [0.5, 0.67449],
  [0.6, 0.84162],
  [0.7, 1.03643],
  [0.8, 1.28155],
  [0.9, WIDTH_90],
  [0.95, 1.95996],
];
const BINS = 10;

/**
 * For amounts, the share of measurements within error bars of each width; for classes, the share of positives among
 * similar probabilities.
 */
export function reliabilityOf(kind: TaskKind, rows: readonly HeldOut[]): ReliabilityPoint[] {
  return kind === 'regression' ? ofAmounts(rows) : ofClasses(rows);
}

function ofAmounts(rows: readonly HeldOut[]): ReliabilityPoint[] {
  const known = rows.filter(({ error }) => error !== null);
  return WIDTHS.map(([expected, width]) => {
    const inside = known.filter(({ measured, predicted, error }) => Math.abs(measured - predicted) <= width * error!);
    return { expected, observed: inside.length / known.length, count: known.length };
  });
}

function ofClasses(rows: readonly HeldOut[]): ReliabilityPoint[] {
  const bins = Array.from({ length: BINS }, (_, bin) =>
    rows.filter(({ predicted }) => Math.min(BINS - 1, Math.floor(predicted * BINS)) === bin),
  );
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  return bins
    .filter((bin) => bin.length > 0)
    .map((bin) => ({
      expected: mean(bin.map(({ predicted }) => predicted)),
      observed: mean(bin.map(({ measured }) => measured)),
      count: bin.length,
    }));
}
