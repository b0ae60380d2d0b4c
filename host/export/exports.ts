/**
 * Files of candidates, made when they are asked for. Those whose structures are laid
 * out in space take long: one at a time is made, tells how far it is, and can be
 * stopped; a file that is stopped is not made at all.
 */
import { ContractError, type ExportState, type Parsed, type Result } from '../../contract/api.ts';
import type { ReadableWorkspace } from '../../db/index.ts';
import type { Events } from '../base/events.ts';
import { translatingAsync } from '../base/workspace.ts';
import type { ApplicabilityChecks } from '../candidates/applicability.ts';
import type { SpaceThreads } from '../candidates/space-threads.ts';
import type { Chemistry } from '../chemistry/service.ts';
import { exportRun } from './export.ts';
import type { EmbedAll } from './sdf.ts';

export interface ExportsParts {
  readonly db: ReadableWorkspace;
  readonly chemistry: Chemistry;
  readonly applicability: ApplicabilityChecks;
  readonly events: Events;
  readonly threads: SpaceThreads;
}

export class Exports {
  readonly #parts: ExportsParts;
  #state: ExportState = { state: 'none' };
  #stop: AbortController | null = null;

  constructor(parts: ExportsParts) {
    this.#parts = parts;
  }

  get state(): ExportState {
    return this.#state;
  }

  /**
   * @throws as `exportRun`; ContractError 'conflict' where structures are laid out already, 'cancelled' where that is
   * stopped
   */
  make(request: Parsed<'export.make'>): Promise<Result<'export.make'>> {
    const { db, chemistry, applicability } = this.#parts;
    const embedAll: EmbedAll = (smiles) => this.#embedAll(request.runId, smiles);
    return chemistry.use(({ rdkit }) =>
      translatingAsync(() =>
        exportRun(db, request, {
          rdkit,
          embedAll,
          tell: (runId, sequences) => applicability.predictionRows(runId, sequences),
        }),
      ),
    );
  }

  cancel(): ExportState {
    const stop = this.#stop;
    this.#end();
    stop?.abort(new ContractError('cancelled', 'The export was cancelled. No file was written.'));
    return this.#state;
  }

  async #embedAll(runId: number, smiles: readonly string[]): ReturnType<EmbedAll> {
    if (this.#state.state === 'running')
      throw new ContractError(
        'conflict',
        `A 3D export of run ${this.#state.runId} is in progress. Cancel it, or wait until it is done.`,
      );
    if (smiles.length === 0) return [];
    const stop = new AbortController();
    this.#stop = stop;
    this.#become({ state: 'running', runId, done: 0, of: smiles.length, secondsLeft: null });
    try {
      return await this.#parts.threads.embedAll(smiles, {
        signal: stop.signal,
        onprogress: (progress) => this.#become({ state: 'running', runId, ...progress }),
      });
    } finally {
      if (this.#stop === stop) this.#end();
    }
  }

  #end(): void {
    if (this.#stop === null) return;
    this.#stop = null;
    this.#become({ state: 'none' });
  }

  #become(state: ExportState): void {
    this.#state = state;
    this.#parts.events.tellExport(state);
  }
}
