/** The mean score of each goal by round as one static SVG. */
import type { RoundMetrics } from '../../../contract/api.ts';
import { escaped } from './markup.ts';

const SIZE = { width: 640, height: 260, left: 44, right: 190, top: 12, bottom: 34 } as const;
/** Distinguishable on white and on dark paper, also for the colour-blind (Okabe and Ito 2008), and by their dashes. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b58900', '#56b4e9'] as const;
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 2'] as const;

/** @param labels of the goals @returns '' where there is no curve yet */
export function curves(rounds: readonly RoundMetrics[], labels: readonly string[]): string {
  if (rounds.length < 2) return '';
  const last = rounds.at(-1)!.round;
  const x = (round: number) => SIZE.left + (round / Math.max(1, last)) * (SIZE.width - SIZE.left - SIZE.right);
  const y = (score: number) => SIZE.top + (1 - score) * (SIZE.height - SIZE.top - SIZE.bottom);
  const ends = spread(labels.map((_, goal) => y(rounds.at(-1)!.objectives[goal]?.mean ?? 0)));
  const lines = labels.map((label, goal) => curve(rounds, goal, x, y) + endLabel(label, goal, x(last) + 8, ends[goal]));
  return `<svg class="curves" role="img" aria-label="Mean score of each goal by round" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" font-size="12" fill="currentColor">${axes(last, x, y)}${lines.join('')}</svg>`;
}

type Scale = (value: number) => number;

function axes(last: number, x: Scale, y: Scale): string {
  const levels = [0, 0.25, 0.5, 0.75, 1].map(
    (score) =>
      `<line x1="${x(0)}" x2="${x(last)}" y1="${y(score)}" y2="${y(score)}" stroke="currentColor" stroke-opacity="0.15"/><text x="${x(0) - 8}" y="${y(score) + 4}" text-anchor="end">${score}</text>`,
  );
  return `${levels.join('')}<text x="${x(0)}" y="${SIZE.height - 12}">0</text><text x="${x(last)}" y="${SIZE.height - 12}" text-anchor="end">round ${last}</text>`;
}

/** A missing mean breaks the line. */
function curve(rounds: readonly RoundMetrics[], goal: number, x: Scale, y: Scale): string {
  let pen = 'M';
  const path = rounds.map(({ round, objectives }) => {
    const mean = objectives[goal]?.mean ?? null;
    if (mean === null) return ((pen = 'M'), '');
    const step = `${pen}${x(round).toFixed(1)} ${y(mean).toFixed(1)}`;
    pen = 'L';
    return step;
  });
  return `<path d="${path.join('')}" fill="none" stroke="${COLOURS[goal % COLOURS.length]}" stroke-width="2" stroke-dasharray="${DASHES[goal % DASHES.length]}"/>`;
}

function endLabel(label: string, goal: number, x: number, y: number): string {
  return `<line x1="${x}" x2="${x + 18}" y1="${y}" y2="${y}" stroke="${COLOURS[goal % COLOURS.length]}" stroke-width="2" stroke-dasharray="${DASHES[goal % DASHES.length]}"/><text x="${x + 24}" y="${y + 4}">${escaped(short(label))}</text>`;
}

const short = (label: string): string => (label.length > 24 ? `${label.slice(0, 23)}…` : label);

const GAP = 15;

/** Heights moved apart so that labels don't overlap; order kept, inside the picture. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
  const placed = [...heights];
  order.forEach((at, i) => {
    if (i > 0) placed[at] = Math.max(placed[at], placed[order[i - 1]] + GAP);
  });
  const over = Math.max(0, (placed[order.at(-1)!] ?? 0) - (SIZE.height - SIZE.bottom));
  return placed.map((height) => height - over);
}
