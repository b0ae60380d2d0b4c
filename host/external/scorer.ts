/**
 * Scores of one external scorer: it is asked in batches, only for unknown scores,
 * restarted if it fails, and given up if it keeps failing. A score that fails is
 * missing; no failure reaches a run as an error.
 */
import type { RawScores } from '../../engine/objectives/types.ts';
import { errorText } from '../base/errors.ts';
import { Queue } from '../workers/queue.ts';
import type { Item } from './answers.ts';
import { fingerprint, type Program, type Supervision } from './program.ts';
import { BadAnswer, Session, SessionLost } from './session.ts';

/** Earlier scores of an external scorer. */
export interface ScoreMemory {
  known(sequences: readonly string[]): ReadonlyMap<string, number | null>;
  keep(scores: ReadonlyMap<string, number | null>): void;
}

export const noMemory: ScoreMemory = { known: () => new Map(), keep: () => undefined };

export interface ExternalScorerOptions {
  readonly program: Program;
  /** The key of the program that the user allowed; a program with other content is not started. */
  readonly key: string;
  readonly supervision: Supervision;
  readonly memory: ScoreMemory;
  /** Reports each kind of trouble once, in a sentence. */
  readonly tell: (what: string) => void;
}

export class ExternalScorer {
  readonly #options: ExternalScorerOptions;
  readonly #told = new Set<string>();
  #session: Session | null = null;
  #starts = 0;
  #givenUp = false;
  readonly #queue = new Queue();

  constructor(options: ExternalScorerOptions) {
    this.#options = options;
  }

  /** One score per sequence, in order; null if there is none. Requests wait for each other. */
  score(sequences: readonly string[]): Promise<RawScores> {
    return this.#queue.run(() => this.#score(sequences));
  }

  async dispose(): Promise<void> {
    this.#givenUp = true;
    const session = this.#session;
    this.#session = null;
    await session?.end();
  }

  async #score(sequences: readonly string[]): Promise<RawScores> {
    const { memory, supervision } = this.#options;
    const scores = new Map(memory.known(sequences));
    const fresh = [...new Set(sequences)].filter((sequence) => !scores.has(sequence));
    for (let start = 0; start < fresh.length; start += supervision.batch) {
      const batch = fresh.slice(start, start + supervision.batch);
      const answered = this.#valuesOf(batch, await this.#ask(batch));
      if (answered.size > 0) memory.keep(answered);
      for (const [sequence, value] of answered) scores.set(sequence, value);
    }
    return sequences.map((sequence) => scores.get(sequence) ?? null);
  }

  /** The scores without failures, which may be asked for again. */
  #valuesOf(batch: readonly string[], items: readonly Item[]): Map<string, number | null> {
    const values = new Map<string, number | null>();
    items.forEach((item, i) => {
      if (item === null || typeof item === 'number') values.set(batch[i], item);
      else
        this.#tell(
          'item',
          `gave no score for ${shortened(batch[i])}: ${shortened(item.error)}. These scores are missing.`,
        );
    });
    return values;
  }

  /** Sends a batch once more after a restart. @returns an empty list if the batch has no answer */
  async #ask(batch: readonly string[], again = true): Promise<readonly Item[]> {
    if (this.#givenUp) return [];
    try {
      const session = (this.#session ??= this.#start());
      return await session.ask(batch, this.#options.supervision.timeout);
    } catch (error) {
      if (error instanceof BadAnswer) this.#tell('answer', `${error.message}. The scores of that batch are missing.`);
      if (!(error instanceof SessionLost)) return [];
      await this.#lose(error);
      if (again) return this.#ask(batch, false);
      this.#tell('batch', `failed twice on the same ${batch.length} sequences, whose scores are missing.`);
      return [];
    }
  }

  /** @throws SessionLost if the program is not the one that the user allowed */
  #start(): Session {
    this.#starts++;
    if (keyNow(this.#options.program) !== this.#options.key) {
      this.#giveUp('has changed since you allowed it');
      throw new SessionLost('it has changed since you allowed it');
    }
    return new Session(this.#options.program, (line) =>
      this.#tell('garbage', `wrote a line that is not an answer: "${shortened(line)}". Such lines are ignored.`),
    );
  }

  async #lose(lost: SessionLost): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.end();
    if (this.#givenUp) return;
    if (this.#starts > this.#options.supervision.restarts) this.#giveUp(lost.message);
    else this.#tell('restart', `${lost.message}. It is being restarted.`);
  }

  #giveUp(why: string): void {
    this.#givenUp = true;
    const times = this.#starts > 1 ? ` It was started ${this.#starts} times.` : '';
    this.#tell('given up', `${why}.${times} From now on its scores are missing.`);
  }

  #tell(kind: string, what: string): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    const { kind: called, text } = this.#options.program;
    this.#options.tell(`The ${called} ${shortened(text)} ${what}`);
  }
}

/** The present key of the program, which may have been deleted. */
function keyNow(program: Program): string {
  try {
    return fingerprint(program).key;
  } catch (error) {
    return errorText(error);
  }
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
