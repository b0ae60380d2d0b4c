/** @file The plots of a batch's report, as static SVG. Colours follow the page; every mark has its text as a title. */
import { escaped } from '../../export/report/markup.ts';
import type { RunStatus } from '../folder.ts';
import { curveOf, type RunGroup } from './groups.ts';

/** Distinguishable on white and on dark paper, also for the colour-blind (Okabe and Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b58900', '#56b4e9'] as const;
const DASHES = ['none', '7 3', '2 3', '9 3 2 3'] as const;
const WIDTH = 900;

const svg = (label: string, height: number, content: string): string =>
  `<svg class="plot" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-size="12" fill="currentColor">${content}</svg>`;

const line = (x1: number, y1: number, x2: number, y2: number, style: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${style}/>`;

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(content)}</text>`;

const FAINT = 'stroke="currentColor" stroke-opacity="0.15"';
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

const short = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** A row per group: the mean total with its 95% interval. */
export function intervals(groups: readonly RunGroup[]): string {
  const shown = groups.filter(({ total }) => total !== null);
  if (shown.length === 0) return '';
  const [left, right, row] = [380, 20, 24];
  const height = row * shown.length + 34;
  const x = (score: number) => left + Math.min(1, Math.max(0, score)) * (WIDTH - left - right);
  const grid = TICKS.map(
    (tick) => line(x(tick), 4, x(tick), height - 26, FAINT) + text(x(tick), height - 8, String(tick), 'middle'),
  );
  const rows = shown.map(({ name, total }, i) => {
    const [y, { mean, half }] = [row * i + 16, total!];
    const whisker =
      half === null ? '' : line(x(mean - half), y, x(mean + half), y, `stroke="${COLOURS[0]}" stroke-width="2"`);
    const words = `${name}: ${mean.toFixed(3)}${half === null ? '' : ` ± ${half.toFixed(3)}`}`;
    return `${text(left - 10, y + 4, short(name, 58), 'end')}${whisker}<circle cx="${x(mean).toFixed(1)}" cy="${y}" r="4" fill="${COLOURS[0]}"><title>${escaped(words)}</title></circle>`;
  });
  return svg('Mean total of each design with its 95% interval over seeds', height, grid.join('') + rows.join(''));
}

/** Most curves that one picture can show. */
const MOST_CURVES = 12;

/** Mean total over the seeds by the share of the run that is done. */
export function curves(groups: readonly RunGroup[]): string {
  const shown = groups.map((group) => ({ group, curve: curveOf(group) })).filter(({ curve }) => curve.length > 1);
  const some = shown.slice(0, MOST_CURVES);
  if (some.length === 0) return '';
  const [left, right, top, plot, legend] = [44, 20, 10, 240, 18];
  const height = top + plot + 34 + legend * some.length;
  const x = (share: number) => left + share * (WIDTH - left - right);
  const y = (score: number) => top + (1 - score) * plot;
  const grid = TICKS.map(
    (tick) => line(x(0), y(tick), x(1), y(tick), FAINT) + text(left - 8, y(tick) + 4, String(tick), 'end'),
  );
  const marks = some.map(({ group, curve }, i) => {
    const style = `fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="2" stroke-dasharray="${DASHES[Math.floor(i / COLOURS.length) % DASHES.length]}"`;
    const at = top + plot + 40 + legend * i;
    return `<path d="${path(curve, x, y)}" ${style}/>${line(left, at, left + 24, at, style)}${text(left + 32, at + 4, short(group.name, 110))}`;
  });
  const ends = text(x(0), top + plot + 18, 'start') + text(x(1), top + plot + 18, 'end of the run', 'end');
  const note =
    shown.length > some.length ? `<p class="muted">The first ${some.length} of ${shown.length} designs.</p>` : '';
  return svg('Mean total by the share of the run that is done', height, grid.join('') + ends + marks.join('')) + note;
}

/** A missing mean breaks the line. */
function path(curve: readonly (number | null)[], x: (share: number) => number, y: (score: number) => number): string {
  let pen = 'M';
  return curve
    .map((mean, i) => {
      if (mean === null) return ((pen = 'M'), '');
      const step = `${pen}${x(i / (curve.length - 1)).toFixed(1)} ${y(mean).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

interface Axis {
  readonly name: string;
  /** Position of a run, 0 at the bottom to 1 at the top; null where it has no value. */
  readonly at: (status: RunStatus) => number | null;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** Most lines that one picture can show. */
const MOST_LINES = 500;

/** A line per finished run over the varied settings to its total; '' where nothing is varied. */
export function parallel(all: readonly RunStatus[], varied: readonly string[]): string {
  const done = all.filter(({ result }) => result !== null && result.total !== null);
  const shown = done.slice(0, MOST_LINES);
  if (shown.length === 0 || varied.length === 0) return '';
  const axes = [...varied.map((name) => settingAxis(name, shown)), totalAxis(shown)];
  const [left, right, top, plot] = [90, 110, 34, 240];
  const x = (i: number) => left + (i / (axes.length - 1)) * (WIDTH - left - right);
  const y = (share: number) => top + (1 - share) * plot;
  const last = axes.length - 1;
  const lines = shown.map((status) => {
    const points = axes.flatMap((axis, i) => {
      const at = axis.at(status);
      return at === null ? [] : [`${x(i).toFixed(1)},${y(at).toFixed(1)}`];
    });
    const strength = (0.15 + 0.75 * axes[last].at(status)!).toFixed(2);
    const words = `${status.run.id}, seed ${status.run.seed}, total ${status.result!.total!.toFixed(3)}`;
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[0]}" stroke-width="1.5" stroke-opacity="${strength}"><title>${escaped(words)}</title></polyline>`;
  });
  const frames = axes.map(({ name, ticks }, i) => {
    const labels = ticks.map(({ at, label }) => text(x(i) + 6, y(at) + 4, short(label, 18)));
    return (
      line(x(i), y(0), x(i), y(1), 'stroke="currentColor"') +
      text(x(i), 18, short(name, 30), 'middle') +
      labels.join('')
    );
  });
  const note =
    done.length > shown.length ? `<p class="muted">The first ${shown.length} of ${done.length} runs.</p>` : '';
  return svg('Varied settings and total of each run', top + plot + 16, lines.join('') + frames.join('')) + note;
}

/** Values in the order of their size, or of first sight where some are texts; equally far apart. */
function settingAxis(name: string, shown: readonly RunStatus[]): Axis {
  const valueOf = ({ run }: RunStatus) => run.varied[name];
  const label = (value: unknown) => [value].flat().join(' ');
  const values = [
    ...new Map(
      shown.flatMap((status) => {
        const value = valueOf(status);
        return value === undefined ? [] : [[label(value), value] as const];
      }),
    ).values(),
  ];
  if (values.every((value) => typeof value === 'number')) (values as number[]).sort((a, b) => a - b);
  const labels = values.map(label);
  const at = (value: unknown) => (labels.length < 2 ? 0.5 : labels.indexOf(label(value)) / (labels.length - 1));
  return {
    name,
    at: (status) => (valueOf(status) === undefined ? null : at(valueOf(status))),
    ticks: values.map((value, i) => ({ at: at(value), label: labels[i] })),
  };
}

function totalAxis(shown: readonly RunStatus[]): Axis {
  const totals = shown.map(({ result }) => result!.total!);
  const [low, high] = [Math.min(...totals), Math.max(...totals)];
  return {
    name: 'total',
    at: ({ result }) => (high === low ? 0.5 : (result!.total! - low) / (high - low)),
    ticks: [low, high].map((total, i) => ({ at: i, label: total.toFixed(3) })),
  };
}
