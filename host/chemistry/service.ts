/**
 * RDKit in the host's own thread, for small and quick tasks: checking a design, drawing, writing files. It is loaded on
 * first use, and loaded again after a crash.
 */
import { RdkitCrash } from '../../engine/chem/errors.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { loadMoleculeContext } from './chemistry.ts';

export class Chemistry {
  #loading: Promise<MoleculeContext> | null = null;

  /** @throws what `work` throws; after a crash of RDKit the next use starts afresh */
  async use<T>(work: (context: MoleculeContext) => T | Promise<T>): Promise<T> {
    this.#loading ??= loadMoleculeContext();
    const context = await this.#loading;
    try {
      return await work(context);
    } catch (error) {
      if (error instanceof RdkitCrash) this.#loading = null;
      throw error;
    }
  }
}
