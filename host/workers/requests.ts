/**
 * Questions to another thread or process, and their answers. Each question has a
 * number, which its answer bears, so that answers may come in any order and an answer
 * that nobody waits for any more is passed over. When the other side ends, all open
 * questions fail with the reason, and so does every later one.
 */
import { type FailureData, failureData, revived } from './failure.ts';
import { Queue } from './queue.ts';

export interface Question<Q> {
  readonly id: number;
  readonly question: Q;
}

/** Asks whether the other side's start succeeded; the answer is null. */
export interface StartQuestion {
  readonly id: number;
  readonly start: true;
}

export type Reply<Answer, Progress = never> =
  | { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
  | { readonly id: number; readonly type: 'answer'; readonly answer: Answer }
  | { readonly id: number; readonly type: 'failed'; readonly error: FailureData };

export interface RequestOptions<Progress = never> {
  readonly onProgress?: (progress: Progress) => void;
  /** When it aborts, the question fails with its reason; the other side is not told. */
  readonly signal?: AbortSignal;
  /** Called for a question without an answer after this time. The question stays open unless the call ends it. */
  readonly limit?: { readonly ms: number; readonly passed: () => void };
}

interface Open<Answer, Progress> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly close: () => void;
}

export class Requests<Answer, Progress = never> {
  readonly #open = new Map<number, Open<Answer, Progress>>();
  #last = 0;
  #lost: Error | null = null;

  /** Questions without an answer. */
  get size(): number {
    return this.#open.size;
  }

  /** Why nothing can be asked any more; null while it can. */
  get lost(): Error | null {
    return this.#lost;
  }

  /**
   * @param send sends the question with its number
   * @throws what the other side failed with, why it was lost, or what `send` throws
   */
  ask(send: (id: number) => void | Promise<void>, options: RequestOptions<Progress> = {}): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const { onProgress, signal, limit } = options;
      const abort = () => this.fail(id, signal?.reason as Error);
      const timer = limit && setTimeout(limit.passed, limit.ms);
      const close = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      this.#open.set(id, { resolve, reject, onProgress, close });
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      new Promise<void>((sent) => sent(send(id))).catch((error: unknown) => this.fail(id, error as Error));
    });
  }

  take(reply: Reply<Answer, Progress>): void {
    if (reply.type === 'progress') this.#open.get(reply.id)?.onProgress?.(reply.progress);
    else if (reply.type === 'failed') this.fail(reply.id, revived(reply.error));
    else this.answer(reply.id, reply.answer);
  }

  answer(id: number, answer: Answer): void {
    this.#close(id)?.resolve(answer);
  }

  fail(id: number, error: Error): void {
    this.#close(id)?.reject(error);
  }

  /** The other side has ended: only the first reason counts. */
  lose(error: Error): void {
    const lost = (this.#lost ??= error);
    for (const id of [...this.#open.keys()]) this.fail(id, lost);
  }

  #close(id: number): Open<Answer, Progress> | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.close();
    return open;
  }
}

/** A process's channel to its parent, or a thread's port. */
export interface Port {
  readonly on: (hear: (message: unknown) => void) => void;
  readonly post: (reply: unknown, transfer?: readonly ArrayBuffer[]) => void;
}

export interface Answering<Progress> {
  readonly progress: (progress: Progress) => void;
  /** Buffers that are handed over with the answer instead of being copied. */
  readonly transfer: (buffers: readonly ArrayBuffer[]) => void;
}

export type Answerer<Q, Answer, Progress> = (question: Q, answering: Answering<Progress>) => Promise<Answer>;

/**
 * The other side: answers questions one after another, however fast they come. What
 * an answer throws goes back as that question's failure.
 * @param start prepares the answers; where it fails, so does every question, with its error
 */
export function answerQuestions<Q, Answer, Progress = never>(
  { on, post }: Port,
  start: () => Promise<Answerer<Q, Answer, Progress>>,
): void {
  const queue = new Queue();
  const started = start();
  // The questions hear of it.
  started.catch(() => undefined);
  const reply = (message: Reply<Answer | null, Progress>, transfer?: readonly ArrayBuffer[]) => post(message, transfer);
  const answerOne = async (message: Question<Q> | StartQuestion): Promise<void> => {
    const { id } = message;
    let buffers: readonly ArrayBuffer[] = [];
    try {
      const answer = await started;
      const answering: Answering<Progress> = {
        progress: (progress) => reply({ id, type: 'progress', progress }),
        transfer: (given) => (buffers = given),
      };
      const found = 'question' in message ? await answer(message.question, answering) : null;
      reply({ id, type: 'answer', answer: found }, buffers);
    } catch (error) {
      reply({ id, type: 'failed', error: failureData(error) });
    }
  };
  on((message) => {
    if (isQuestion<Q>(message)) void queue.run(() => answerOne(message));
  });
}

/** Other messages, such as a request to abort, may come by the same channel. */
function isQuestion<Q>(message: unknown): message is Question<Q> | StartQuestion {
  return (
    typeof message === 'object' && message !== null && 'id' in message && ('question' in message || 'start' in message)
  );
}
