/**
 * One interface that is connected, over whatever carries frames: its requests
 * are answered, its subscriptions kept until it unsubscribes or leaves. Runs go
 * on without it.
 */
import { ContractError, type Transport } from '../../contract/api.ts';
import { type AnswerFrame, type RequestFrame, requestFrame, type WireError } from '../../contract/wire.ts';
import { errorText } from '../base/errors.ts';

export class Connection {
  readonly #host: Transport;
  readonly #send: (frame: AnswerFrame) => void;
  readonly #subscriptions = new Map<number, () => void>();

  constructor(host: Transport, send: (frame: AnswerFrame) => void) {
    this.#host = host;
    this.#send = send;
  }

  /** @param message a frame as it arrived, of whatever shape */
  receive(message: unknown): void {
    const parsed = requestFrame.safeParse(message);
    if (!parsed.success) return this.#refuse(message);
    const frame = parsed.data;
    if (frame.kind === 'invoke') void this.#invoke(frame);
    else if (frame.kind === 'subscribe') this.#subscribe(frame);
    else this.#unsubscribe(frame.id);
  }

  close(): void {
    for (const id of [...this.#subscriptions.keys()]) this.#unsubscribe(id);
  }

  async #invoke({ id, method, params }: Extract<RequestFrame, { kind: 'invoke' }>): Promise<void> {
    try {
      this.#send({ kind: 'result', id, ok: true, value: await this.#host.invoke(method, params) });
    } catch (error) {
      this.#send({ kind: 'result', id, ok: false, error: wireErrorOf(error) });
    }
  }

  #subscribe({ id, topic, params }: Extract<RequestFrame, { kind: 'subscribe' }>): void {
    try {
      this.#unsubscribe(id);
      this.#subscriptions.set(
        id,
        this.#host.subscribe(topic, params, (event) => this.#send({ kind: 'event', id, event })),
      );
    } catch (error) {
      this.#send({ kind: 'result', id, ok: false, error: wireErrorOf(error) });
    }
  }

  #unsubscribe(id: number): void {
    this.#subscriptions.get(id)?.();
    this.#subscriptions.delete(id);
  }

  /** A frame that cannot be read is answered where it says at least whom to answer. */
  #refuse(message: unknown): void {
    const id = (message as { id?: unknown } | null)?.id;
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) return;
    this.#send({
      kind: 'result',
      id,
      ok: false,
      error: { code: 'bad-message', message: 'The message is not a valid frame of this version.' },
    });
  }
}

function wireErrorOf(error: unknown): WireError {
  if (!(error instanceof ContractError)) return { code: 'failed', message: errorText(error) };
  const { code, message, details } = error;
  return { code, message, ...(details !== undefined && { details }) };
}
