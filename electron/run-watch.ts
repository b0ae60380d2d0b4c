/**
 * @file Follows the runs of the host for the shell itself. A run that was interrupted because the host died continues
 * with the next host, but only if it has got further since the last time: a run that ends every host is left to the
 * user.
 */
import { z } from 'zod';
import { runSummary } from '../contract/api.ts';
import type { HostState } from '../contract/shell.ts';
import type { AnswerFrame, RequestFrame } from '../contract/wire.ts';

export type RunSummary = z.output<typeof runSummary>;

export interface RunListener {
  /** The runs that train or wait for their turn. */
  changed(running: readonly RunSummary[]): void;
  /** It finished or failed. */
  ended(run: RunSummary): void;
}

/** Ids of the shell's own requests; the relay counts its ids from 1. */
const firstId = 2 ** 40;
const followId = firstId;
const listId = firstId + 1;

export class RunWatch {
  readonly #send: (frame: RequestFrame) => void;
  readonly #listener: RunListener;
  #running = new Map<number, RunSummary>();
  /** Runs that the last host left. */
  #left = new Set<number>();
  /** The round at which a run was continued last. */
  #continuedAt = new Map<number, number>();
  #nextId = firstId + 2;

  constructor(send: (frame: RequestFrame) => void, listener: RunListener) {
    this.#send = send;
    this.#listener = listener;
  }

  get running(): readonly RunSummary[] {
    return [...this.#running.values()];
  }

  /** @returns whether the frame answers the shell and not the page */
  fromHost(frame: AnswerFrame): boolean {
    if (frame.id < firstId) return false;
    if (frame.kind === 'event') this.#take(runSummary.parse(frame.event));
    else if (frame.id === listId && frame.ok) this.#begin(z.array(runSummary).parse(frame.value));
    return true;
  }

  hostChanged({ status }: HostState): void {
    if (status === 'open') {
      this.#send({ kind: 'subscribe', id: followId, topic: 'run.summary', params: {} });
      this.#send({ kind: 'invoke', id: listId, method: 'run.list', params: {} });
    }
    if (status !== 'lost') return;
    for (const id of this.#running.keys()) this.#left.add(id);
    this.#clear();
  }

  /** The next host has another workspace. */
  forget(): void {
    this.#left.clear();
    this.#continuedAt.clear();
    this.#clear();
  }

  #clear(): void {
    this.#running.clear();
    this.#listener.changed([]);
  }

  #begin(runs: readonly RunSummary[]): void {
    for (const run of runs) {
      if (run.state === 'running') this.#running.set(run.id, run);
      else if (run.state === 'interrupted' && this.#left.has(run.id)) this.#continue(run);
    }
    this.#left.clear();
    this.#listener.changed(this.running);
  }

  #continue({ id, round }: RunSummary): void {
    if (round <= (this.#continuedAt.get(id) ?? -1)) return;
    this.#continuedAt.set(id, round);
    this.#send({ kind: 'invoke', id: this.#nextId++, method: 'run.resume', params: { runId: id } });
  }

  #take(run: RunSummary): void {
    const wasRunning = this.#running.delete(run.id);
    if (run.state === 'running') this.#running.set(run.id, run);
    this.#listener.changed(this.running);
    if (wasRunning && (run.state === 'finished' || run.state === 'failed')) this.#listener.ended(run);
  }
}
