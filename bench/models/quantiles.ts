/** @file Plots quantiles of samples against those of the data, as SVG that is legible on light and dark pages. */

/** One property of the data and of samples, both sorted. */
export interface Compared {
  readonly name: string;
  readonly unit: string;
  readonly expected: readonly number[];
  readonly samples: readonly number[];
}

/** @param sorted values @param share in [0, 1] */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))];
}

const SIDE = 150;
const LEFT = 46;
const TOP = 26;
const PANEL = { width: LEFT + SIDE + 16, height: TOP + SIDE + 44 };
const COLUMNS = 3;
const INK = '#808080';
/** Okabe and Ito's blue. */
const MARK = '#0072b2';
const SHARES = Array.from({ length: 50 }, (_, i) => 0.01 + 0.02 * i);

/** One panel per property. Each point is a quantile; points on the diagonal mean equal distributions. */
export function quantilePlot(compared: readonly Compared[]): string {
  const width = COLUMNS * PANEL.width;
  const height = Math.ceil(compared.length / COLUMNS) * PANEL.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" fill="${INK}">`,
    ...compared.map((one, i) => panel(one, (i % COLUMNS) * PANEL.width, Math.floor(i / COLUMNS) * PANEL.height)),
    '</svg>\n',
  ].join('\n');
}

function panel({ name, unit, expected, samples }: Compared, left: number, top: number): string {
  const points = SHARES.map((share) => [quantile(expected, share), quantile(samples, share)] as const);
  const [low, high] = [Math.min(...points.flat()), Math.max(...points.flat())];
  const x = (value: number) => round(LEFT + (SIDE * (value - low)) / (high - low));
  const y = (value: number) => round(TOP + SIDE - (SIDE * (value - low)) / (high - low));
  const ends = [low, high];
  const text = (atX: number, atY: number, words: string, more: string) =>
    `<text x="${atX}" y="${atY}" ${more}>${words}</text>`;
  return [
    `<g transform="translate(${left} ${top})">`,
    text(LEFT, TOP - 10, unit === '' ? name : `${name} (${unit})`, 'font-weight="600"'),
    `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="${INK}" stroke-opacity="0.4"/>`,
    `<path d="M${x(low)} ${y(low)}L${x(high)} ${y(high)}" stroke="${INK}" stroke-dasharray="4 3"/>`,
    ...ends.flatMap((value, i) => [
      text(x(value), TOP + SIDE + 14, short(value), `text-anchor="${i === 0 ? 'start' : 'end'}"`),
      text(LEFT - 5, y(value) + (i === 0 ? 0 : 9), short(value), 'text-anchor="end"'),
    ]),
    text(LEFT + SIDE / 2, TOP + SIDE + 28, 'QM9', 'text-anchor="middle"'),
    text(12, TOP + SIDE / 2, 'samples', `text-anchor="middle" transform="rotate(-90 12 ${TOP + SIDE / 2})"`),
    `<g fill="${MARK}">${points.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="2.2"/>`).join('')}</g>`,
    '</g>',
  ].join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string => String(Number(value.toPrecision(3)));
