/**
 * @file Scores batches on several workers: splits batches, keeps the order, scores each distinct sequence once per run,
 * and replaces a lost worker.
 */
import { missingSequence, remember, REMEMBERED } from './scoring.ts';
import type { ScoredSequence, ScoringRequest } from './types.ts';

/** One worker. It receives one batch at a time. */
export interface ScoringWorker {
  /** @throws WorkerLostError if the worker cannot continue; other errors are faults of the program or the request */
  score(batch: readonly string[]): Promise<ScoredSequence[]>;
  dispose(): Promise<void>;
}

/** A worker crashed, ended or no longer answers. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

export interface PoolOptions {
  readonly request: ScoringRequest;
  /** At least 1. */
  readonly workers: number;
  /** Starts a worker, also to replace one. Rejects if the request cannot be prepared. */
  readonly startWorker: () => Promise<ScoringWorker>;
  /** Most sequences whose scores are kept; REMEMBERED by default. */
  readonly remembered?: number;
  /** Called for each lost worker, for the log. */
  readonly onWorkerLost?: (error: WorkerLostError) => void;
}

export class ScoringPool {
  readonly #slots: readonly Slot[];
  readonly #remembered: number;
  /** Scores by sequence as given, including those under way. */
  readonly #known = new Map<string, Promise<ScoredSequence>>();

  constructor(options: PoolOptions) {
    if (!Number.isInteger(options.workers) || options.workers < 1)
      throw new Error(`A scoring pool needs at least 1 worker, not ${options.workers}`);
    this.#remembered = options.remembered ?? REMEMBERED;
    this.#slots = Array.from({ length: options.workers }, () => new Slot(options));
  }

  /** Resolves when every worker has started. @throws what the start of a worker throws, for example ParameterError */
  async ready(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.ready()));
  }

  /** Scores sequences in order. A sequence that crashes its worker gets missing scores. */
  score = async (sequences: readonly string[]): Promise<ScoredSequence[]> => {
    const answers = new Map<string, Promise<ScoredSequence>>();
    const distinct = [...new Set(sequences)];
    for (const sequence of distinct) {
      const known = this.#known.get(sequence);
      if (known) answers.set(sequence, known);
    }
    for (const [slot, batch] of this.#split(distinct.filter((sequence) => !answers.has(sequence)))) {
      const scored = slot.score(batch);
      batch.forEach((sequence, i) =>
        answers.set(
          sequence,
          this.#keep(
            sequence,
            scored.then((all) => all[i]),
          ),
        ),
      );
    }
    const scored = new Map(
      await Promise.all([...answers].map(async ([sequence, answer]) => [sequence, await answer] as const)),
    );
    return sequences.map((sequence) => found(scored, sequence));
  };

  /** A sequence may be asked for again if it failed for another reason than itself. */
  #keep(sequence: string, answer: Promise<ScoredSequence>): Promise<ScoredSequence> {
    remember(this.#known, sequence, answer, this.#remembered);
    answer.catch(() => this.#known.delete(sequence));
    return answer;
  }

  /**
   * Assigns sequences to workers. All spellings of a molecule go to the same worker, which remembers molecules by
   * canonical form, so each molecule is scored once although workers share nothing.
   */
  #split(sequences: readonly string[]): Map<Slot, string[]> {
    const batches = new Map<Slot, string[]>();
    for (const sequence of sequences) {
      const slot = this.#slots[compositionHash(sequence) % this.#slots.length];
      const batch = batches.get(slot);
      if (batch) batch.push(sequence);
      else batches.set(slot, [sequence]);
    }
    return batches;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.dispose()));
  }
}

function found(scored: ReadonlyMap<string, ScoredSequence>, sequence: string): ScoredSequence {
  const one = scored.get(sequence);
  if (!one) throw new Error(`The scores of ${sequence} were lost`);
  return one;
}

/**
 * A hash that is equal for all spellings of one molecule: a sum over its letters without hydrogens, whatever their
 * order and case (aromatic or Kekule).
 */
export function compositionHash(smiles: string): number {
  let sum = 0;
  for (const character of smiles.toLowerCase()) {
    if (character < 'a' || character > 'z' || character === 'h') continue;
    const code = Math.imul(character.charCodeAt(0), 0x9e3779b1);
    sum = (sum + Math.imul(code ^ (code >>> 15), 0x85ebca6b)) | 0;
  }
  return (sum ^ (sum >>> 16)) >>> 0;
}

/** Result of a sequence that ends its worker. */
function lostSequence(request: ScoringRequest): ScoredSequence {
  return {
    ...missingSequence(request),
    ...(request.explain && { reason: 'it could not be scored: its worker crashed or did not answer' }),
  };
}

/** The slot of one worker, which may be replaced. Its batches run one after another. */
class Slot {
  readonly #options: PoolOptions;
  #worker: Promise<ScoringWorker>;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#worker = this.#start();
  }

  async ready(): Promise<void> {
    await this.#worker;
  }

  score(batch: readonly string[]): Promise<ScoredSequence[]> {
    const scored = this.#tail.then(() => this.#attempt(batch, true));
    this.#tail = scored.catch(() => undefined);
    return scored;
  }

  /**
   * Scores a batch. If the worker is lost, halves the batch until the faulty sequence is alone, so that only that one
   * is missing.
   */
  async #attempt(batch: readonly string[], again: boolean): Promise<ScoredSequence[]> {
    const worker = await this.#worker;
    try {
      return await worker.score(batch);
    } catch (error) {
      if (!(error instanceof WorkerLostError)) throw error;
      await this.#replace(worker, error);
      if (batch.length > 1)
        return [
          ...(await this.#attempt(batch.slice(0, batch.length / 2), false)),
          ...(await this.#attempt(batch.slice(batch.length / 2), false)),
        ];
      return again ? this.#attempt(batch, false) : [lostSequence(this.#options.request)];
    }
  }

  async #replace(lost: ScoringWorker, error: WorkerLostError): Promise<void> {
    this.#options.onWorkerLost?.(error);
    await lost.dispose();
    this.#worker = this.#start();
  }

  #start(): Promise<ScoringWorker> {
    const worker = this.#options.startWorker();
    // The caller that awaits the worker sees the error; until then it must not be an unhandled rejection.
    worker.catch(() => undefined);
    return worker;
  }

  async dispose(): Promise<void> {
    await this.#tail;
    const worker = await this.#worker.catch(() => null);
    await worker?.dispose();
  }
}
