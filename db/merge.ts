/**
 * @file Merges the candidates of many runs by a key, in a scratch file beside the result: SQLite sorts on disk, so the
 * memory stays the same however many there are.
 */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/** A candidate as one run found it. */
export interface FoundCandidate {
  /** Equal for equal structures. */
  readonly key: string;
  readonly run: string;
  readonly sequence: string;
  /** Weighted total in its run; null if it is missing. */
  readonly total: number | null;
  /** JSON of whatever the caller keeps of it. */
  readonly values: string;
}

/** A structure with its best total and all runs that found it. */
export interface MergedCandidate extends Omit<FoundCandidate, 'run'> {
  /** Run of the best total, in which `sequence` and `values` are as given. */
  readonly bestRun: string;
  /** Sorted. */
  readonly runs: readonly string[];
}

type MergedRow = Omit<MergedCandidate, 'runs'> & { runs: string };

export class CandidateMerge {
  readonly #file: string;
  readonly #connection: Database.Database;
  readonly #insert: Database.Statement<[string, string, string, number | null, string]>;

  /** @param file scratch; it is deleted by `dispose` */
  constructor(file: string) {
    this.#file = file;
    this.#discard();
    this.#connection = new Database(file);
    // What is lost in a crash is made again.
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma('temp_store = FILE');
    this.#connection.exec('CREATE TABLE found (key TEXT, run TEXT, sequence TEXT, total REAL, "values" TEXT) STRICT');
    this.#insert = this.#connection.prepare('INSERT INTO found VALUES (?, ?, ?, ?, ?)');
  }

  add(candidates: readonly FoundCandidate[]): void {
    this.#connection.transaction(() => {
      for (const { key, run, sequence, total, values } of candidates)
        this.#insert.run(key, run, sequence, total, values);
    })();
  }

  /** Best total first; equal ones in the order of their keys, those without a total last. */
  *merged(): Generator<MergedCandidate> {
    // With max(), SQLite takes the other columns from the row of the maximum.
    const rows = this.#connection.prepare<[], MergedRow>(
      `SELECT key, sequence, max(total) AS total, "values", run AS bestRun, group_concat(DISTINCT run) AS runs
      FROM found GROUP BY key ORDER BY max(total) DESC NULLS LAST, key`,
    );
    for (const row of rows.iterate()) yield { ...row, runs: row.runs.split(',').sort() };
  }

  dispose(): void {
    this.#connection.close();
    this.#discard();
  }

  #discard(): void {
    rmSync(this.#file, { force: true });
  }
}
