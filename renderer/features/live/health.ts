/** @file The health of a run by round: validity, uniqueness, diversity, and the experts' disagreement. */
import type * as Plot from '@observablehq/plot';
import type { RoundMetrics } from '../../../contract/api.ts';
import { score } from '../../lib/format.ts';
import { goalColor } from '../../lib/goals.ts';
import { byStep, type CurveSize, endOf, labels, line, type Point, pointer, roundTitle } from './curves.ts';

export interface HealthFigure {
  readonly name: string;
  readonly of: (round: RoundMetrics) => number | null;
  /** Dash patterns distinguish the lines without colour. */
  readonly dash: string;
}

export const healthFigures: readonly HealthFigure[] = [
  { name: 'Valid', of: ({ valid }) => valid, dash: '' },
  { name: 'Unique', of: ({ unique }) => unique, dash: '7,4' },
  { name: 'Diversity', of: ({ diversity }) => diversity, dash: '2,3' },
  { name: 'Expert disagreement', of: ({ disagreement }) => disagreement, dash: '9,3,2,3' },
];

/** Whether a run is still in its warm start, in which no experts could disagree. */
export function inWarmStart(rounds: readonly RoundMetrics[], firstExpertRound: number): boolean {
  return (rounds.at(-1)?.round ?? 0) < firstExpertRound && firstExpertRound > 1;
}

/** Skips the colours of the first goals, whose curves are shown above. */
const colorOf = (figure: number): string => goalColor(figure + healthFigures.length);

/** Points of one figure, without rounds that lack it. */
export function healthPoints(rounds: readonly RoundMetrics[], figure: HealthFigure): Point[] {
  return rounds.flatMap((round) => {
    const mean = figure.of(round);
    return mean === null ? [] : [{ step: round.step, mean, low: null, high: null }];
  });
}

/**
 * Names of figures for which no trained round has a value: they were introduced in a later version, or need a second
 * expert.
 */
export function unrecorded(rounds: readonly RoundMetrics[]): string[] {
  const trained = rounds.filter(({ round }) => round > 0);
  return trained.length === 0
    ? []
    : healthFigures.filter((figure) => healthPoints(trained, figure).length === 0).map(({ name }) => name);
}

/** Describes one round, one line per figure, and names missing ones. */
export function describeHealth(round: RoundMetrics): string {
  const value = (figure: HealthFigure): string =>
    figure.of(round) === null ? 'not recorded' : score(figure.of(round));
  return [roundTitle(round), ...healthFigures.map((figure) => `${value(figure)} ${figure.name}`)].join('\n');
}

export function healthCurves(rounds: readonly RoundMetrics[], planned: number, size: CurveSize): Plot.PlotOptions {
  const lines = healthFigures.map((figure) => healthPoints(rounds, figure));
  return byStep(rounds, planned, size, [
    ...lines.flatMap((points, i) => line(points, colorOf(i), 2, healthFigures[i].dash)),
    ...labels(
      lines.map((points, i) => endOf(points, healthFigures[i].name, colorOf(i))),
      size,
    ),
    ...pointer(rounds, describeHealth),
  ]);
}
