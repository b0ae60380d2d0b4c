/** Scoring threads that stay for a minute after a question, ready for the next one like it. */
import type { ScoringPool } from '../../engine/objectives/pool.ts';
import type { RawScores } from '../../engine/objectives/types.ts';
import { IdleTimer } from '../workers/idle-timer.ts';
import { type ScoringPoolOptions, startScoringPool } from './pool.ts';

const IDLE_MS = 60_000;

export class IdlePool {
  #open: { readonly key: string; readonly pool: Promise<ScoringPool> } | undefined;
  readonly #idle = new IdleTimer(IDLE_MS, () => this.close());

  /**
   * Raw scores, one row per sequence.
   * @param key equal for equal options; a pool with another key is ended first
   * @throws what the start of the threads throws, ParameterError among it
   */
  async score(key: string, options: ScoringPoolOptions, sequences: readonly string[]): Promise<RawScores[]> {
    return this.#idle.during(async () => {
      const pool = await this.#poolOf(key, options);
      return (await pool.score(sequences)).map(({ raw }) => raw);
    });
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
    this.#idle.stop();
    const open = this.#open;
    this.#open = undefined;
    await (await open?.pool.catch(() => undefined))?.dispose();
  }
}
