/**
 * A few threads for questions about thousands of structures at once, so that the host always answers. They start at the
 * first question and end after a minute without one.
 */
import { availableParallelism } from 'node:os';
import type { Modality } from '../../engine/base/modality.ts';
import type { Embedding } from '../../engine/chem/conformer.ts';
import { secondsLeft } from '../base/time-left.ts';
import { IdleTimer } from '../workers/idle-timer.ts';
import { RequestThread } from '../workers/request-thread.ts';
import type { SpaceAnswer, SpaceQuestion, SpaceWorkerData } from './space-messages.ts';

const IDLE_MS = 60_000;
/** Each loads an RDKit of about 60 MB. */
const MOST_THREADS = 4;
/** Structures per question: a few tenths of a second. */
const CHUNK = 256;

/** Molecules after which the time left is estimated. The first ones wait until the threads have started. */
const FEWEST_TIMED = 5;

/** The answer to a question of a type. */
type Answer<T extends SpaceQuestion['type']> = Extract<SpaceAnswer, { type: T }>;
type Thread = RequestThread<SpaceQuestion, SpaceAnswer>;

export class SpaceThreads {
  readonly #count = Math.max(1, Math.min(MOST_THREADS, availableParallelism()));
  readonly #threads = new Map<string, Thread>();
  readonly #idle = new IdleTimer(IDLE_MS, () => this.close());

  /**
   * Sequences in portions, with one answer per portion, in order.
   * @param structure see SpaceQuestion
   * @throws Error if a thread ends or fails
   */
  async ask<T extends SpaceQuestion['type']>(
    type: T,
    modality: Modality,
    sequences: readonly string[],
    structure = '',
  ): Promise<Answer<T>[]> {
    const portions = Array.from({ length: Math.ceil(sequences.length / CHUNK) }, (_, i) =>
      sequences.slice(i * CHUNK, (i + 1) * CHUNK),
    );
    return this.#idle.during(() =>
      Promise.all(
        portions.map(
          (portion) => this.#thread(modality).ask({ type, sequences: portion, structure }) as Promise<Answer<T>>,
        ),
      ),
    );
  }

  /**
   * Embeds molecules in 3D, in order; null for one that cannot be read. A thread gets a molecule when it has finished
   * another, so other questions wait for at most one.
   * @throws AbortError; Error if a thread ends
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

  /** The thread with the fewest open questions; started if necessary. */
  #thread(modality: Modality): Thread {
    const waiting = (one: string): number => this.#threads.get(one)?.open ?? 0;
    const places = Array.from({ length: this.#count }, (_, i) => `${modality} ${i}`);
    const place = places.reduce((best, one) => (waiting(one) < waiting(best) ? one : best));
    return this.#threads.get(place) ?? this.#start(place, modality);
  }

  #start(place: string, modality: Modality): Thread {
    const thread: Thread = new RequestThread({
      script: 'space-worker.js',
      data: { modality } satisfies SpaceWorkerData,
      name: 'A thread that analyses structures',
      onEnd: () => this.#threads.get(place) === thread && this.#threads.delete(place),
    });
    this.#threads.set(place, thread);
    return thread;
  }

  async close(): Promise<void> {
    this.#idle.stop();
    const threads = [...this.#threads.values()];
    this.#threads.clear();
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /** Called after each molecule. */
  readonly onprogress?: (progress: EmbedProgress) => void;
}

/** Progress of the embedding. */
export interface EmbedProgress {
  readonly done: number;
  readonly of: number;
  /** Null until it can be estimated. */
  readonly secondsLeft: number | null;
}

/** @returns a function that counts one more molecule and estimates the time left */
function progressOf(of: number): () => EmbedProgress {
  const started = performance.now();
  let done = 0;
  return () => {
    done++;
    const seconds = (performance.now() - started) / 1000;
    return { done, of, secondsLeft: secondsLeft(seconds, done / of, FEWEST_TIMED / of) };
  };
}

/** Never resolves. @throws AbortError when the signal aborts */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
