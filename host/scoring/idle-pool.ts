/** Scoring threads that stay a while after a question, for the next one like it, and then end. */
import type { ScoringPool } from '../../engine/objectives/pool.ts';
import type { RawScores } from '../../engine/objectives/types.ts';
import { type ScoringPoolOptions, startScoringPool } from './pool.ts';

const IDLE_MS = 60_000;

export class IdlePool {
  #open: { readonly key: string; readonly pool: Promise<ScoringPool> } | undefined;
  #idle: NodeJS.Timeout | undefined;

  /**
   * Raw scores, a row a sequence.
   * @param key equal for equal options; threads of another one are ended first
   * @throws what the start of the threads throws, ParameterError among it
   */
  async score(key: string, options: ScoringPoolOptions, sequences: readonly string[]): Promise<RawScores[]> {
    clearTimeout(this.#idle);
    try {
      const pool = await this.#poolOf(key, options);
      return (await pool.score(sequences)).map(({ raw }) => raw);
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  #poolOf(key: string, options: ScoringPoolOptions): Promise<ScoringPool> {
    if (this.#open?.key === key) return this.#open.pool;
    void this.close();
    const pool = startScoringPool(options);
    const open = { key, pool };
    this.#open = open;
    pool.catch(() => {
      if (this.#open === open) this.#open = undefined;
    });
    return pool;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const open = this.#open;
    this.#open = undefined;
    await (await open?.pool.catch(() => undefined))?.dispose();
  }
}
