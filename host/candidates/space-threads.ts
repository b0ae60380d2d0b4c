/**
 * A few threads for what is asked of thousands of structures at once, so that the
 * host always answers. They start at the first question and end after a minute
 * without one.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Modality } from '../../engine/base/modality.ts';
import type { Embedding } from '../../engine/chem/conformer.ts';
import { programFolder } from '../base/paths.ts';
import { revived } from '../workers/failure.ts';
import type { SpaceAnswer, SpaceQuestion, SpaceWorkerData } from './space-messages.ts';

const IDLE_MS = 60_000;
/** Each holds an RDKit of some 60 MB. */
const MOST_THREADS = 4;
/** Structures a question: some tenths of a second. */
const CHUNK = 256;

/** Molecules laid out after which the time left can be told: the first wait for threads that start. */
const FEWEST_TIMED = 5;

/** What is answered to a question of a type. */
type Answer<T extends SpaceQuestion['type']> = Extract<SpaceAnswer, { type: T }>;
type AnyAnswer = Answer<SpaceQuestion['type']>;

export class SpaceThreads {
  readonly #count = Math.max(1, Math.min(MOST_THREADS, availableParallelism()));
  readonly #threads = new Map<string, Thread>();
  #idle: NodeJS.Timeout | undefined;

  /**
   * The sequences in portions, one answer a portion, in order.
   * @param structure see SpaceQuestion
   * @throws Error where a thread ends or fails
   */
  async ask<T extends SpaceQuestion['type']>(
    type: T,
    modality: Modality,
    sequences: readonly string[],
    structure = '',
  ): Promise<Answer<T>[]> {
    clearTimeout(this.#idle);
    const portions = Array.from({ length: Math.ceil(sequences.length / CHUNK) }, (_, i) =>
      sequences.slice(i * CHUNK, (i + 1) * CHUNK),
    );
    try {
      return (await Promise.all(
        portions.map((portion) => this.#thread(modality).ask({ type, sequences: portion, structure })),
      )) as Answer<T>[];
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  /**
   * Molecules laid out in space, in order; null for what cannot be read. A thread gets
   * one when it has done another, so that whoever else asks waits for one at most.
   * @throws AbortError; Error where a thread ends
   */
  async embedAll(smiles: readonly string[], { signal, onprogress }: EmbedOptions = {}): Promise<(Embedding | null)[]> {
    const found: (Embedding | null)[] = smiles.map(() => null);
    const rest = smiles.entries();
    const progress = progressOf(smiles.length);
    const work = async (): Promise<void> => {
      for (const [at, one] of rest) {
        [
          {
            conformers: [found[at]],
          },
        ] = await this.ask('conformers', 'molecule', [one]);
        signal?.throwIfAborted();
        onprogress?.(progress());
      }
    };
    await Promise.race([Promise.all(Array.from({ length: this.#count }, work)), ...(signal ? [abortOf(signal)] : [])]);
    return found;
  }

  /** The one that is asked least; started where there is none. */
  #thread(modality: Modality): Thread {
    const waiting = (one: string): number => this.#threads.get(one)?.waiting ?? 0;
    const places = Array.from({ length: this.#count }, (_, i) => `${modality} ${i}`);
    const place = places.reduce((best, one) => (waiting(one) < waiting(best) ? one : best));
    let thread = this.#threads.get(place);
    if (thread === undefined) {
      thread = new Thread({ modality }, () => this.#threads.delete(place));
      this.#threads.set(place, thread);
    }
    return thread;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await Promise.all([...this.#threads.values()].map((thread) => thread.end()));
  }
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /** Hears of each molecule that is done. */
  readonly onprogress?: (progress: EmbedProgress) => void;
}

/** How far it is with the molecules to lay out. */
export interface EmbedProgress {
  readonly done: number;
  readonly of: number;
  /** Null until that can be told. */
  readonly secondsLeft: number | null;
}

/** @returns what counts one more as done, at the pace of those before */
function progressOf(of: number): () => EmbedProgress {
  const started = performance.now();
  let done = 0;
  return () => {
    done++;
    const seconds = (performance.now() - started) / 1000;
    return { done, of, secondsLeft: done < FEWEST_TIMED ? null : (seconds / done) * (of - done) };
  };
}

/** Never resolves. @throws AbortError when the signal says so */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}

interface Waiting {
  readonly resolve: (answer: AnyAnswer) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  readonly #worker: Worker;
  /** In the order of the questions, which is that of the answers. */
  readonly #waiting: Waiting[] = [];

  constructor(workerData: SpaceWorkerData, onend: () => void) {
    this.#worker = new Worker(join(programFolder, 'dist', 'host', 'space-worker.js'), { workerData });
    this.#worker.on('message', (answer: SpaceAnswer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#lose(error));
    this.#worker.on('exit', () => {
      onend();
      this.#lose(new Error('A thread that looks at structures ended.'));
    });
  }

  /** Questions without an answer. */
  get waiting(): number {
    return this.#waiting.length;
  }

  ask(question: SpaceQuestion): Promise<AnyAnswer> {
    this.#worker.postMessage(question);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(answer: SpaceAnswer): void {
    const waiting = this.#waiting.shift();
    if (answer.type === 'failed') waiting?.reject(revived(answer.error));
    else waiting?.resolve(answer);
  }

  #lose(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
