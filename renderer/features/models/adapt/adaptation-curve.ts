/** @file The loss of a generator during adaptation, as options of an Observable Plot. */
import * as Plot from '@observablehq/plot';
import type { AdaptationPoint } from '../../../../contract/api.ts';
import { numbers } from '../../../lib/numbers.svelte.ts';
import type { PlotSize } from '../../../lib/parity.ts';

const loss = (value: number): string => numbers.fixed(value, 3);

/** Describes one measurement. */
function describePoint({ pass, train, validation }: AdaptationPoint): string {
  const when = pass === 0 ? 'Before' : `After ${numbers.fixed(pass, 1)} passes`;
  return `${when}\nheld out ${loss(validation)}${train === null ? '' : `\ntraining data ${loss(train)}`}`;
}

/** Describes the curve for users who cannot see it. */
export function describeCurve(curve: readonly AdaptationPoint[]): string {
  const [first, last] = [curve[0], curve.at(-1)];
  if (first === undefined || last === undefined) return 'No measurement yet';
  return first === last
    ? `Loss on held-out data before: ${loss(first.validation)} nats per token`
    : `Loss on held-out data: ${loss(first.validation)} nats per token before, ${loss(last.validation)} after ${numbers.fixed(last.pass, 1)} passes`;
}

/** Losses by pass over the data: solid for held-out data, dashed for training data. */
export function lossCurve(curve: readonly AdaptationPoint[], size: PlotSize): Plot.PlotOptions {
  const learnt = curve.filter(({ train }) => train !== null);
  const values = curve.flatMap(({ train, validation }) => (train === null ? [validation] : [train, validation]));
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const margin = 0.08 * (high - low || 0.1);
  const name = (points: readonly AdaptationPoint[], text: string, y: (point: AdaptationPoint) => number | null) =>
    Plot.text(points.slice(-1), {
      x: 'pass',
      y,
      text: () => text,
      dx: 9,
      textAnchor: 'start',
      fill: 'var(--text)',
      fontWeight: 540,
    });
  return {
    ...size,
    marginTop: 14,
    marginRight: 96,
    marginBottom: 40,
    marginLeft: 60,
    x: {
      domain: [0, Math.max(1, curve.at(-1)?.pass ?? 1)],
      label: 'passes over the data',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 36,
      ticks: 5,
      tickSize: 4,
    },
    y: {
      domain: [low - margin, high + margin],
      label: 'loss, nats per token',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 52,
      ticks: 5,
      tickSize: 4,
    },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.lineY(learnt, { x: 'pass', y: 'train', stroke: 'var(--goal-4)', strokeWidth: 2, strokeDasharray: '5,4' }),
      Plot.dot(learnt, { x: 'pass', y: 'train', r: 3, fill: 'var(--goal-4)' }),
      Plot.lineY(curve, { x: 'pass', y: 'validation', stroke: 'var(--goal-0)', strokeWidth: 2 }),
      Plot.dot(curve, { x: 'pass', y: 'validation', r: 3.5, fill: 'var(--goal-0)', symbol: 'square' }),
      name(curve, 'held out', ({ validation }) => validation),
      name(learnt, 'training data', ({ train }) => train),
      Plot.tip(
        curve,
        Plot.pointerX({
          x: 'pass',
          y: 'validation',
          title: describePoint,
          fill: 'var(--panel)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  };
}
