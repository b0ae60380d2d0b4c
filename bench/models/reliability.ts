/** @file Reliability plots of model cards, as SVG that is legible on light and dark pages. */
import type { ReliabilityPoint } from '../../engine/learn/user-predictor/reliability.ts';

export interface ReliabilityCurve {
  readonly name: string;
  readonly points: readonly ReliabilityPoint[];
}

const SIDE = 240;
const MARGIN = { left: 54, top: 14, right: 14, bottom: 46 };
/** Okabe and Ito's blue, vermilion and green; shapes distinguish them too. */
const MARKS = [
  { colour: '#0072b2', shape: (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="3.5"/>` },
  {
    colour: '#d55e00',
    shape: (x: number, y: number) => `<rect x="${x - 3.2}" y="${y - 3.2}" width="6.4" height="6.4"/>`,
  },
  { colour: '#009e73', shape: (x: number, y: number) => `<path d="M${x} ${y - 4.2}l4 7.2h-8z"/>` },
];
const INK = '#808080';

const x = (share: number): number => MARGIN.left + share * SIDE;
const y = (share: number): number => MARGIN.top + (1 - share) * SIDE;
const text = (atX: number, atY: number, words: string, more = ''): string =>
  `<text x="${atX}" y="${atY}" ${more}>${words}</text>`;

/**
 * Share of measurements within error bars of each width, against the nominal share; on the diagonal, the errors are
 * calibrated.
 */
export function reliabilityPlot(curves: readonly ReliabilityCurve[]): string {
  const width = MARGIN.left + SIDE + MARGIN.right + 110;
  const height = MARGIN.top + SIDE + MARGIN.bottom;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="${INK}">`,
    ...ticks.flatMap((share) => [
      `<path d="M${x(share)} ${y(0)}V${y(1)}M${x(0)} ${y(share)}H${x(1)}" stroke="${INK}" stroke-opacity="0.25"/>`,
      text(x(share), y(0) + 16, `${100 * share}%`, 'text-anchor="middle"'),
      text(x(0) - 6, y(share) + 4, `${100 * share}%`, 'text-anchor="end"'),
    ]),
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="${INK}" stroke-dasharray="4 3"/>`,
    text(x(0.5), y(0) + 36, 'promised by the error bar', 'text-anchor="middle"'),
    text(12, y(0.5), 'measured within it', `text-anchor="middle" transform="rotate(-90 12 ${y(0.5)})"`),
    ...curves.map(curve),
    '</svg>\n',
  ].join('\n');
}

function curve({ name, points }: ReliabilityCurve, i: number): string {
  const { colour, shape } = MARKS[i % MARKS.length];
  const at = points.map(({ expected, observed }) => [round(x(expected)), round(y(observed))] as const);
  const legend = MARGIN.left + SIDE + 24;
  const top = MARGIN.top + 14 + 20 * i;
  return `<g fill="${colour}"><path d="M${at.map((one) => one.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="1.5"/>${at.map(([px, py]) => shape(px, py)).join('')}${shape(legend, top)}${text(legend + 10, top + 4, name)}</g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
