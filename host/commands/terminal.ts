/**
 * What the command line prints: results on stdout, progress and notes on stderr,
 * a bar where stderr is a terminal and plain lines otherwise.
 */

export interface Terminal {
  /** A result. */
  out(text: string): void;
  /** A result for programs, on one line. */
  json(value: unknown): void;
  /** A remark, on stderr. */
  note(text: string): void;
  /** Progress; `share` is in [0, 1], or null if the total is unknown. */
  progress(share: number | null, text: string): void;
  /** Removes the progress bar. */
  endProgress(): void;
}

const BAR = 28;
/** Shortest time between two plain lines. */
const PLAIN_EVERY_MS = 10_000;

export function openTerminal(): Terminal {
  const live = process.stderr.isTTY === true;
  let shown = false;
  let told = -Infinity;
  const clear = () => {
    if (shown) process.stderr.write('\r\x1b[2K');
    shown = false;
  };
  const note = (text: string) => {
    clear();
    process.stderr.write(`${text}\n`);
  };
  return {
    out(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    note,
    progress(share, text) {
      if (live) {
        process.stderr.write(`\r\x1b[2K${share === null ? '' : bar(share)}${text}`);
        shown = true;
      } else if (performance.now() - told > PLAIN_EVERY_MS) {
        told = performance.now();
        note(`${share === null ? '' : `${percent(share)} `}${text}`);
      }
    },
    endProgress: clear,
  };
}

const percent = (share: number) => `${String(Math.floor(100 * share)).padStart(3)}%`;

function bar(share: number): string {
  const full = Math.round(BAR * Math.min(1, Math.max(0, share)));
  return `${percent(share)} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} `;
}

/** "2 h 5 min", "3 min 20 s", "45 s". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** Columns padded to their widest cell; numbers are aligned right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const isNumber = header.map((_, i) => rows.length > 0 && rows.every((row) => /^[-+]?[\d.,]+%?$|^–?$/.test(row[i])));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}
