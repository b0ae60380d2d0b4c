/**
 * The first format. Choices behind it:
 * - Wall-clock times stand in design, run, blend and star only, and in metrics
 *   under names that begin with "seconds": all the rest of a run is the same
 *   after a kill and a resume.
 * - A candidate is a sequence that a run found; a sample is one drawing of it.
 *   Where a candidate was first seen is its first sample (index sample_candidate).
 * - Keys of weights stay in round and expert for ever, as provenance; the bytes
 *   are held by round_blob and go when nothing holds them.
 * - ranking_block repeats the transformed scores as columns of 32-bit floats,
 *   so that a ranking of a million candidates reads megabytes, not rows.
 */
import type { Migration } from '../migrate.ts';

export const initial: Migration = {
  version: 10,
  statements: `
    CREATE TABLE writer (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      session TEXT,
      pid INTEGER,
      since TEXT
    ) STRICT;
    INSERT INTO writer (only) VALUES (1);

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE design (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      domain TEXT NOT NULL CHECK (domain IN ('molecule', 'dna')),
      source TEXT NOT NULL,
      resolved TEXT NOT NULL CHECK (json_valid(resolved)),
      created TEXT NOT NULL
    ) STRICT;

    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      design_id INTEGER NOT NULL REFERENCES design ON DELETE CASCADE,
      seed INTEGER NOT NULL,
      method TEXT NOT NULL CHECK (method IN ('iterative', 'morlhf', 'soups')),
      state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'finished', 'failed')),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      objectives TEXT NOT NULL CHECK (json_type(objectives) = 'array'),
      constraints TEXT NOT NULL CHECK (json_type(constraints) = 'array'),
      aggregate TEXT NOT NULL CHECK (aggregate IN ('arithmetic', 'geometric')),
      prior TEXT NOT NULL,
      prior_key TEXT NOT NULL,
      device TEXT NOT NULL,
      threads INTEGER NOT NULL CHECK (threads > 0),
      software TEXT NOT NULL,
      session TEXT,
      error TEXT,
      created TEXT NOT NULL,
      updated TEXT NOT NULL,
      finished TEXT
    ) STRICT;
    CREATE INDEX run_design ON run (design_id);

    CREATE TABLE blob (
      key TEXT PRIMARY KEY CHECK (length(key) = 64),
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE round (
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 0),
      merge_weights TEXT NOT NULL CHECK (json_type(merge_weights) = 'array'),
      merged_key TEXT NOT NULL CHECK (length(merged_key) = 64),
      metrics TEXT NOT NULL CHECK (json_valid(metrics)),
      PRIMARY KEY (run_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE expert (
      run_id INTEGER NOT NULL,
      round INTEGER NOT NULL,
      objective INTEGER NOT NULL CHECK (objective >= 0),
      weights_key TEXT NOT NULL CHECK (length(weights_key) = 64),
      metrics TEXT NOT NULL CHECK (json_valid(metrics)),
      PRIMARY KEY (run_id, round, objective),
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE round_blob (
      run_id INTEGER NOT NULL,
      round INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('merged', 'expert', 'state')),
      name TEXT NOT NULL,
      blob_key TEXT NOT NULL REFERENCES blob,
      PRIMARY KEY (run_id, round, kind, name),
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX round_blob_key ON round_blob (blob_key);

    CREATE TABLE blend (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL,
      round INTEGER NOT NULL,
      weights TEXT NOT NULL CHECK (json_type(weights) = 'array'),
      merged_key TEXT NOT NULL CHECK (length(merged_key) = 64),
      seed INTEGER NOT NULL,
      created TEXT NOT NULL,
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX blend_round ON blend (run_id, round);

    CREATE TABLE rollout (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      round INTEGER,
      step INTEGER,
      source TEXT NOT NULL CHECK (source IN ('expert', 'merge', 'search')),
      draw INTEGER NOT NULL CHECK (draw >= 0),
      expert INTEGER CHECK (expert >= 0),
      blend_id INTEGER REFERENCES blend ON DELETE CASCADE,
      sampler TEXT NOT NULL CHECK (json_valid(sampler)),
      sampled INTEGER NOT NULL,
      valid INTEGER NOT NULL,
      discovered INTEGER NOT NULL,
      FOREIGN KEY (run_id, round) REFERENCES round (run_id, number) ON DELETE CASCADE,
      CHECK ((blend_id IS NULL) = (round IS NOT NULL)),
      CHECK ((step IS NULL) = (round IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX rollout_place ON rollout (run_id, round, step, source, draw, ifnull(expert, -1)) WHERE blend_id IS NULL;
    CREATE INDEX rollout_round ON rollout (run_id, round);
    CREATE INDEX rollout_blend ON rollout (blend_id);

    CREATE TABLE scaffold (
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 0),
      key TEXT NOT NULL,
      PRIMARY KEY (run_id, number),
      UNIQUE (run_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE candidate (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 0),
      sequence TEXT NOT NULL,
      scaffold INTEGER,
      feasible INTEGER NOT NULL CHECK (feasible IN (0, 1)),
      UNIQUE (run_id, number),
      UNIQUE (run_id, sequence)
    ) STRICT;

    CREATE TABLE score (
      candidate_id INTEGER NOT NULL REFERENCES candidate ON DELETE CASCADE,
      objective INTEGER NOT NULL CHECK (objective >= 0),
      raw REAL,
      transformed REAL,
      PRIMARY KEY (candidate_id, objective)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE constraint_value (
      candidate_id INTEGER NOT NULL REFERENCES candidate ON DELETE CASCADE,
      position INTEGER NOT NULL CHECK (position >= 0),
      value REAL,
      PRIMARY KEY (candidate_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sample (
      rollout_id INTEGER NOT NULL REFERENCES rollout ON DELETE CASCADE,
      slot INTEGER NOT NULL CHECK (slot >= 0),
      text TEXT NOT NULL,
      candidate_id INTEGER REFERENCES candidate ON DELETE CASCADE,
      log_likelihood REAL,
      prior_log_likelihood REAL,
      reward REAL,
      PRIMARY KEY (rollout_id, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sample_candidate ON sample (candidate_id);

    CREATE TABLE ranking_block (
      run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      ranking_column INTEGER NOT NULL,
      block INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (run_id, ranking_column, block)
    ) STRICT;

    CREATE TABLE star (
      candidate_id INTEGER PRIMARY KEY REFERENCES candidate ON DELETE CASCADE,
      note TEXT NOT NULL,
      created TEXT NOT NULL
    ) STRICT;
  `,
};
