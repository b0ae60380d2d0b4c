/**
 * Fingerprints of a run's candidates by number. Threads compute them once, and the host remembers them. Candidates are
 * only ever added, so the known rows of a run are its first ones.
 */
import { fingerprintBytes, type FingerprintKind } from '../../contract/space.ts';
import { getRun, type ReadableWorkspace, sequencesBetween } from '../../db/index.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { forgetOldest } from '../base/forget-oldest.ts';
import { modalityOf } from '../runs/setup.ts';
import { Queue } from '../workers/queue.ts';
import type { SpaceAnswer } from './space-messages.ts';

/** The threads that compute them; one answer per portion, in order. */
export interface AsksFingerprints {
  ask(
    type: 'fingerprints',
    modality: Modality,
    sequences: readonly string[],
  ): Promise<Extract<SpaceAnswer, { type: 'fingerprints' }>[]>;
}

/** Runs whose fingerprints are remembered: 13 MB for 100,000 molecules, 27 MB for DNA. */
const REMEMBERED = 4;

interface Known {
  readonly kind: FingerprintKind;
  /** Row after row, with spare capacity. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Number of known rows. */
  count: number;
  /** Computations for the run, one after another. */
  readonly queue: Queue;
}

export interface KnownRows {
  readonly kind: FingerprintKind;
  readonly rows: Uint8Array<ArrayBuffer>;
}

export class Fingerprints {
  readonly #db: ReadableWorkspace;
  readonly #threads: AsksFingerprints;
  /** By run, the last used one at the end. */
  readonly #known = new Map<number, Known>();

  constructor(db: ReadableWorkspace, threads: AsksFingerprints) {
    this.#db = db;
    this.#threads = threads;
  }

  /**
   * Rows of the candidates `from` to `to - 1`. Unknown rows before them are computed too. @throws NotFoundError for an
   * unknown run
   */
  async rows(runId: number, from: number, to: number): Promise<KnownRows> {
    const known = this.#of(runId);
    await known.queue.run(() => this.#extend(runId, known, to));
    const width = fingerprintBytes[known.kind];
    return {
      kind: known.kind,
      rows: known.bytes.slice(from * width, Math.max(from, Math.min(to, known.count)) * width),
    };
  }

  #of(runId: number): Known {
    const kind = modalityOf(this.#db, getRun(this.#db, runId)) === 'dna' ? 'counts' : 'bits';
    const known = this.#known.get(runId) ?? { kind, bytes: new Uint8Array(0), count: 0, queue: new Queue() };
    this.#known.delete(runId);
    this.#known.set(runId, known);
    forgetOldest(this.#known, REMEMBERED);
    return known;
  }

  async #extend(runId: number, known: Known, to: number): Promise<void> {
    if (to <= known.count) return;
    const sequences = sequencesBetween(this.#db, runId, known.count, to);
    const answers = await this.#threads.ask('fingerprints', known.kind === 'counts' ? 'dna' : 'molecule', sequences);
    append(
      known,
      answers.map(({ rows }) => rows),
      sequences.length,
    );
  }
}

function append(known: Known, parts: readonly Uint8Array[], count: number): void {
  const width = fingerprintBytes[known.kind];
  const length = (known.count + count) * width;
  if (known.bytes.length < length) {
    const wider = new Uint8Array(length + (length >> 1));
    wider.set(known.bytes);
    known.bytes = wider;
  }
  let at = known.count * width;
  for (const part of parts) {
    known.bytes.set(part, at);
    at += part.length;
  }
  known.count += count;
}
