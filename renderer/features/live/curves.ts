/**
 * @file The live chart of a run as options of an Observable Plot: one line per goal with its spread, merges as dotted
 * rules.
 */
import * as Plot from '@observablehq/plot';
import type { ResolvedObjective, RoundMetrics } from '../../../contract/api.ts';
import { score } from '../../lib/format.ts';
import { goalColor, shortName } from '../../lib/goals.ts';

export interface CurveSize {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly step: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Label {
  readonly text: string;
  readonly step: number;
  readonly y: number;
  readonly color: string;
}

const margin = { top: 12, right: 16, bottom: 34, left: 38 };
/** Room for the names at the lines' ends, in pixels. */
const labelRoom = 210;
/** Enough for one line of text. */
const labelGap = 17;
/** With more merges than this, their rules would hide the curves. */
const mostRules = 40;

/** Points of one goal, without rounds that have no mean. */
function pointsOf(rounds: readonly RoundMetrics[], objective: number): Point[] {
  return rounds.flatMap(({ step, objectives }) => {
    const { mean = null, low = null, high = null } = objectives[objective] ?? {};
    return mean === null ? [] : [{ step, mean, low, high }];
  });
}

/** The last step of the whole run, extrapolated from the steps per round so far; null before the first round. */
function lastStep(rounds: readonly RoundMetrics[], planned: number): number | null {
  const last = rounds.at(-1);
  return last === undefined || last.round === 0 ? null : (last.step / last.round) * Math.max(planned, last.round);
}

/** Moves positions apart until neighbours are at least `gap` apart, keeping their order and limits. */
export function spread(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
  const placed = [...positions];
  let floor = low;
  for (const i of order) floor = (placed[i] = Math.max(placed[i], floor)) + gap;
  let ceiling = high;
  for (const i of order.toReversed()) ceiling = (placed[i] = Math.min(placed[i], ceiling)) - gap;
  return placed;
}

export function curves(
  rounds: readonly RoundMetrics[],
  goals: readonly ResolvedObjective[],
  planned: number,
  size: CurveSize,
): Plot.PlotOptions {
  const lines = goals.map((_, i) => pointsOf(rounds, i));
  const total = rounds.flatMap(({ step, total }) =>
    total === null ? [] : [{ step, mean: total, low: null, high: null }],
  );
  const ends = [
    ...lines.map((points, i) => endOf(points, shortName(goals[i].label), goalColor(i))),
    endOf(total, 'All goals', 'var(--text)'),
  ];
  return byStep(rounds, planned, size, [
    ...lines.map((points, i) => band(points, goalColor(i))),
    ...lines.flatMap((points, i) => line(points, goalColor(i), 2)),
    ...line(total, 'var(--text)', 1.5, '5,3'),
    ...labels(ends, size),
    ...pointer(rounds, (round) => describeRound(round, goals)),
  ]);
}

/** Values between 0 and 1 over the steps of the whole run, with the merges as rules. */
export function byStep(
  rounds: readonly RoundMetrics[],
  planned: number,
  size: CurveSize,
  marks: readonly Plot.Markish[],
): Plot.PlotOptions {
  const end = lastStep(rounds, planned);
  return {
    ...size,
    marginTop: margin.top,
    marginRight: rightMargin(rounds.at(-1)?.step ?? 0, end ?? 1, size.width),
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: {
      domain: [0, end ?? 1],
      ticks: end === null ? [0] : Math.max(2, Math.floor(size.width / 90)),
      label: 'step',
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: 'd',
      tickSize: 4,
    },
    y: { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String, tickSize: 0, label: null },
    marks: [Plot.gridY([0, 0.25, 0.5, 0.75, 1], { stroke: 'var(--line)', strokeOpacity: 1 }), merges(rounds), ...marks],
  };
}

/** The names occupy the part of the run that is still to come. The margin adds what is missing. */
export function rightMargin(last: number, end: number, width: number): number {
  const ahead = Math.max(0, 1 - last / end);
  if (ahead === 1) return margin.right;
  return Math.max(margin.right, (labelRoom - ahead * (width - margin.left)) / (1 - ahead));
}

function merges(rounds: readonly RoundMetrics[]): Plot.Markish {
  const shown = rounds.filter(({ round }) => round > 0);
  return shown.length > mostRules
    ? null
    : Plot.ruleX(shown, { x: 'step', stroke: 'var(--line-strong)', strokeOpacity: 0.45, strokeDasharray: '1.5,4' });
}

function band(points: readonly Point[], color: string): Plot.Markish {
  const known = points.filter(({ low, high }) => low !== null && high !== null);
  return known.length < 2
    ? null
    : Plot.areaY(known, { x: 'step', y1: 'low', y2: 'high', fill: color, fillOpacity: 0.1 });
}

export function line(points: readonly Point[], color: string, width: number, dash?: string): Plot.Markish[] {
  const stroke = { x: 'step', y: 'mean', stroke: color, strokeWidth: width, strokeDasharray: dash };
  return points.length < 2
    ? [Plot.dot(points, { x: 'step', y: 'mean', r: 3.5, fill: color })]
    : [Plot.lineY(points, stroke)];
}

/** The names at the ends of the lines, moved apart to avoid overlap. */
export function labels(named: readonly (Label | null)[], size: CurveSize): Plot.Markish[] {
  const ends = named.filter((end) => end !== null);
  const room = size.height - margin.top - margin.bottom;
  const placed = spread(
    ends.map(({ y }) => (1 - y) * room),
    labelGap,
    0,
    room,
  ).map((pixel) => 1 - pixel / room);
  const data = ends.map((end, i) => ({ ...end, y: placed[i] }));
  return [
    Plot.dot(data, { x: 'step', y: 'y', r: 4, fill: 'color', dx: 12, symbol: 'square' }),
    Plot.text(data, {
      x: 'step',
      y: 'y',
      text: 'text',
      dx: 21,
      textAnchor: 'start',
      fill: 'var(--text)',
      fontWeight: 540,
      lineWidth: 15,
      textOverflow: 'ellipsis',
    }),
  ];
}

/** Value and name at the end of a line; null if it has no points. */
export function endOf(points: readonly Point[], name: string, color: string): Label | null {
  const last = points.at(-1);
  return last === undefined ? null : { text: `${score(last.mean)} ${name}`, step: last.step, y: last.mean, color };
}

/** Text about the round at the pointer. */
export function pointer(rounds: readonly RoundMetrics[], read: (round: RoundMetrics) => string): Plot.Markish[] {
  return [
    Plot.ruleX(rounds, Plot.pointerX({ x: 'step', stroke: 'var(--muted)' })),
    Plot.tip(
      rounds,
      Plot.pointerX({
        x: 'step',
        y: () => 1,
        title: read,
        anchor: 'top-left',
        fill: 'var(--panel)',
        stroke: 'var(--line-strong)',
        fontSize: 12,
      }),
    ),
  ];
}

export const roundTitle = ({ round, step }: RoundMetrics): string =>
  round === 0 ? 'Before training' : `Round ${round}, step ${step}`;

/** Describes one round, one line per goal. */
export function describeRound(round: RoundMetrics, goals: readonly ResolvedObjective[]): string {
  const title = roundTitle(round);
  const lines = goals.map(({ label }, i) => `${score(round.objectives[i]?.mean)} ${label}`);
  return [title, ...lines, `${score(round.total)} All goals`].join('\n');
}
