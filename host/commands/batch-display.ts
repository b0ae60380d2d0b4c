/** How a batch is shown: a live table in a terminal, plain lines elsewhere, events as JSON lines for programs. */
import { secondsLeft } from '../base/time-left.ts';
import type { BatchEvent } from '../batch/batch.ts';
import type { PlannedRun } from '../batch/batch-plan.ts';
import type { BatchRunState } from '../batch/folder.ts';
import { duration, openTerminal, table } from './terminal.ts';

export interface BatchDisplay {
  show(event: BatchEvent): void;
  /** A remark beside the table. */
  note(text: string): void;
  /** Leaves what is on the screen. */
  end(): void;
}

export interface Showing {
  readonly runs: readonly PlannedRun[];
  /** Of the runs, before this command. */
  readonly before: (run: PlannedRun) => BatchRunState | null;
  readonly sequencesOf: (run: PlannedRun) => number;
  readonly json: boolean;
}

export function openDisplay(showing: Showing): BatchDisplay {
  if (showing.json) return new JsonLines();
  const progress = new Progress(showing);
  return process.stderr.isTTY === true ? new LiveTable(progress) : new PlainLines(progress);
}

/** Where each run is, and how much is left. */
class Progress {
  readonly #states: Map<PlannedRun, BatchRunState | null>;
  readonly #sequencesOf: Showing['sequencesOf'];
  readonly #started = performance.now();
  readonly #begun: number;
  readonly #all: number;

  constructor({ runs, before, sequencesOf }: Showing) {
    this.#states = new Map(runs.map((run) => [run, before(run)]));
    this.#sequencesOf = sequencesOf;
    this.#all = runs.reduce((sum, run) => sum + sequencesOf(run), 0);
    this.#begun = this.#done();
  }

  take({ run, state }: BatchEvent): void {
    this.#states.set(run, state);
  }

  /** "3 of 9 runs finished, 1 failed, about 2 h 5 min left" */
  get line(): string {
    const states = [...this.#states.values()].map((one) => one?.state);
    const failed = states.filter((one) => one === 'failed').length;
    const left = this.#secondsLeft();
    return [
      `${states.filter((one) => one === 'finished').length} of ${states.length} runs finished`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(left === null ? [] : [`about ${duration(left)} left`]),
    ].join(', ');
  }

  /** Runs under way, as rows of a table. */
  rows(): string[][] {
    return [...this.#states].flatMap(([run, state]) => (state?.state === 'running' ? [rowOf(run, state)] : []));
  }

  #secondsLeft(): number | null {
    const [done, todo] = [this.#done() - this.#begun, this.#all - this.#begun];
    return todo === 0 ? null : secondsLeft((performance.now() - this.#started) / 1000, done / todo);
  }

  #done(): number {
    return [...this.#states].reduce(
      (sum, [run, state]) =>
        sum + (state === null || state.rounds === 0 ? 0 : (state.round / state.rounds) * this.#sequencesOf(run)),
      0,
    );
  }
}

const RUN_HEADER = ['run', 'design', 'seed', 'varied', 'round', 'time'] as const;

function rowOf({ id, seed, variant }: PlannedRun, { round, rounds, seconds }: BatchRunState): string[] {
  return [id, variant.name, String(seed), variedText(variant.varied), `${round}/${rounds}`, duration(seconds)];
}

/** "run.merge_every = 4, run.kl = 0.1" */
export function variedText(varied: Readonly<Record<string, unknown>>): string {
  return Object.entries(varied)
    .map(([name, value]) => `${name} = ${Array.isArray(value) ? value.join(' ') : String(value)}`)
    .join(', ');
}

const named = ({ run: { id, seed, variant } }: BatchEvent) =>
  [`${id} ${variant.name}, seed ${seed}`, variedText(variant.varied)].filter((text) => text !== '').join(', ');

/** @returns null for what needs no line of its own */
function endLine(event: BatchEvent): string | null {
  const { state, error, round, rounds, seconds, result } = event.state;
  if (state === 'failed') return `${named(event)} failed: ${error}`;
  if (state === 'paused') return `${named(event)} paused after round ${round} of ${rounds}`;
  if (state !== 'finished') return null;
  const total = result?.total;
  return `${named(event)} finished in ${duration(seconds)}, mean score ${total === null || total === undefined ? 'unknown' : total.toFixed(3)}`;
}

class PlainLines implements BatchDisplay {
  readonly #terminal = openTerminal();
  readonly #progress: Progress;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  show(event: BatchEvent): void {
    this.#progress.take(event);
    const line = endLine(event);
    if (line !== null) this.#terminal.note(`${line}. ${this.#progress.line}.`);
    else
      this.#terminal.progress(
        null,
        `${named(event)}, round ${event.state.round} of ${event.state.rounds}. ${this.#progress.line}.`,
      );
  }

  note(text: string): void {
    this.#terminal.note(text);
  }

  end(): void {
    this.#terminal.endProgress();
  }
}

/** Lines that end stay above; below them stands the table of what runs. */
class LiveTable implements BatchDisplay {
  readonly #progress: Progress;
  #shown = 0;

  constructor(progress: Progress) {
    this.#progress = progress;
    this.#draw();
  }

  show(event: BatchEvent): void {
    this.#progress.take(event);
    const line = endLine(event);
    if (line === null) this.#draw();
    else this.note(line);
  }

  note(text: string): void {
    this.end();
    process.stderr.write(`${text}\n`);
    this.#draw();
  }

  end(): void {
    if (this.#shown > 0) process.stderr.write(`\x1b[${this.#shown}A\x1b[0J`);
    this.#shown = 0;
  }

  #draw(): void {
    this.end();
    const width = process.stderr.columns || 80;
    const rows = this.#progress.rows();
    const lines = [...(rows.length === 0 ? [] : table(RUN_HEADER, rows).split('\n')), this.#progress.line];
    process.stderr.write(lines.map((line) => `${line.slice(0, width - 1)}\n`).join(''));
    this.#shown = lines.length;
  }
}

class JsonLines implements BatchDisplay {
  readonly #terminal = openTerminal();

  show({
    run: { id, seed, variant },
    state: { state, error, round, rounds, seconds, secondsLeft: left, result },
  }: BatchEvent): void {
    this.#terminal.json({
      ...{ event: 'run', id, design: variant.name, seed, varied: variant.varied },
      ...{ state, error, round, rounds, seconds, secondsLeft: left, total: result?.total ?? null },
    });
  }

  note(text: string): void {
    this.#terminal.note(text);
  }

  end(): void {
    // Lines need no cleaning up.
  }
}
