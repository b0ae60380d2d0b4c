import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { applicationId, formatOf, migrate, type Migration } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';

/** A design and a run of format 10. @param aggregate quoted for SQL */
function oldRun(aggregate: string): string {
  return `INSERT INTO design (id, name, domain, source, resolved, created) VALUES (1, 'Lead', 'molecule', '', '{}', '2025-01-01');
    INSERT INTO run (id, design_id, seed, method, state, settings, objectives, constraints, aggregate, prior, prior_key, device, threads, software, created, updated)
    VALUES (1, 1, 7, 'iterative', 'paused', '{}', '[]', '[]', ${aggregate}, 'druglike', 'key', 'cpu', 1, '0.1.0', '2025-01-01', '2025-01-01')`;
}

/** Rows put in at the version before a migration, and what they must be after it. One entry a migration. */
const crossings: Record<number, { insert: string; query: string; expected: unknown[] }> = {
  10: { insert: '', query: 'SELECT only, session FROM writer', expected: [{ only: 1, session: null }] },
  11: {
    insert: `${oldRun("'geometric'")}; INSERT INTO round VALUES (1, 0, '[]', '${'0'.repeat(64)}', '{}')`,
    query: 'SELECT run.id, aggregate, prior, number FROM run JOIN round ON run_id = run.id',
    expected: [{ id: 1, aggregate: 'geometric', prior: 'druglike', number: 0 }],
  },
  12: {
    insert: "INSERT INTO setting VALUES ('kept', '1')",
    query: 'SELECT key, (SELECT count(*) FROM program_score) AS scores FROM setting',
    expected: [{ key: 'kept', scores: 0 }],
  },
  13: {
    insert: `${oldRun("'geometric'")}; INSERT INTO candidate VALUES (5, 1, 0, 'CCO', NULL, 1); INSERT INTO star VALUES (5, 'ask Maria', '2025-01-02')`,
    query: 'SELECT candidate_id AS id, note, rating, tags, created FROM star',
    expected: [{ id: 5, note: 'ask Maria', rating: null, tags: '[]', created: '2025-01-02' }],
  },
  14: {
    insert: `${oldRun("'geometric'")}; INSERT INTO candidate VALUES (5, 1, 0, 'CCO', NULL, 1); INSERT INTO star (candidate_id, note, created, rating) VALUES (5, 'ask Maria', '2025-01-02', 4)`,
    query: 'SELECT candidate_id AS id, note, rating, place FROM star',
    expected: [{ id: 5, note: 'ask Maria', rating: 4, place: null }],
  },
  15: {
    insert: oldRun("'geometric'"),
    query: 'SELECT id, archived, deleted FROM design',
    expected: [{ id: 1, archived: null, deleted: null }],
  },
  16: {
    insert: `${oldRun("'arithmetic'")}; INSERT INTO round VALUES (1, 0, '[]', '${'0'.repeat(64)}', '{}'); INSERT INTO blend VALUES (3, 1, 0, '[1]', '${'1'.repeat(64)}', 5, '2025-01-02')`,
    query: 'SELECT id, seed, name, (SELECT count(*) FROM surface_setting) AS settings FROM blend',
    expected: [{ id: 3, seed: 5, name: null, settings: 0 }],
  },
  18: {
    insert: oldRun("'arithmetic'"),
    query: 'SELECT id, prior_key, predictors FROM run',
    expected: [{ id: 1, prior_key: 'key', predictors: null }],
  },
  19: {
    insert: oldRun("'arithmetic'"),
    query: 'SELECT id, prior, (SELECT count(*) FROM run_extension) AS extensions FROM run',
    expected: [{ id: 1, prior: 'druglike', extensions: 0 }],
  },
  20: {
    insert: oldRun("'arithmetic'"),
    query: 'SELECT id, prior, (SELECT count(*) FROM run_estimate) AS estimates FROM run',
    expected: [{ id: 1, prior: 'druglike', estimates: 0 }],
  },
  21: {
    insert: `${oldRun("'arithmetic'")}; INSERT INTO round VALUES (1, 0, '[]', '${'0'.repeat(64)}', '{}');
      INSERT INTO blend VALUES (3, 1, 0, '[1]', '${'1'.repeat(64)}', 5, '2025-01-02', NULL);
      INSERT INTO surface VALUES (7, 1, 0, 12, 256, 1, '2025-01-03'); INSERT INTO surface_setting VALUES (7, 2, '[1]', '${'2'.repeat(64)}', '{}')`,
    query:
      'SELECT blend.reach, surface.id, surface.reach AS surfaceReach, samples, number, created FROM surface JOIN surface_setting ON surface_id = surface.id, (SELECT reach FROM blend) AS blend',
    expected: [{ reach: 1, id: 7, surfaceReach: 1, samples: 256, number: 2, created: '2025-01-03' }],
  },
  22: {
    insert: `INSERT INTO design (id, name, domain, source, resolved, created) VALUES (1, 'Enhancer', 'dna', 'domain = "dna"',
        '{"name":"Enhancer","domain":"dna","generate":{"domain":"dna","prefix":"ACGT"}}', '2025-01-01'),
        (2, 'Lead', 'molecule', '', '{"name":"Lead","domain":"molecule","generate":null}', '2025-01-01');
      INSERT INTO setting VALUES ('draft', '{"design":{"name":"","domain":"dna"},"kept":"2025-01-02"}')`,
    query: "SELECT modality, source, resolved, (SELECT value FROM setting WHERE key = 'draft') AS draft FROM design",
    expected: [
      {
        modality: 'dna',
        source: 'domain = "dna"',
        resolved: '{"name":"Enhancer","generate":{"prefix":"ACGT","modality":"dna"},"modality":"dna"}',
        draft: '{"design":{"name":"","modality":"dna"},"kept":"2025-01-02"}',
      },
      {
        modality: 'molecule',
        source: '',
        resolved: '{"name":"Lead","generate":null,"modality":"molecule"}',
        draft: '{"design":{"name":"","modality":"dna"},"kept":"2025-01-02"}',
      },
    ],
  },
  23: {
    insert: `${oldRun("'arithmetic'").replace('name, domain', 'name, modality')};
      INSERT INTO round VALUES (1, 0, '[]', '${'0'.repeat(64)}', '{"round":0,"divergence":null,"disagreement":null}'),
        (1, 1, '[]', '${'1'.repeat(64)}', '{"round":1,"divergence":1.2345678901234567,"disagreement":0.7}')`,
    query: 'SELECT number, metrics FROM round ORDER BY number',
    expected: [
      { number: 0, metrics: '{"round":0,"expertSpread":null,"disagreement":null}' },
      { number: 1, metrics: '{"round":1,"expertSpread":1.2345678901234567,"disagreement":0.7}' },
    ],
  },
  24: {
    insert: `${oldRun("'arithmetic'").replace('name, domain', 'name, modality')};
      INSERT INTO round VALUES (1, 1, '[]', '${'1'.repeat(64)}', '{}');
      INSERT INTO rollout VALUES (5, 1, 1, 8, 'expert', 0, 0, NULL, '{}', 1, 0, 0);
      INSERT INTO sample VALUES (5, 0, 'C1CC', NULL, -3.5, -4.5, 0)`,
    query: 'SELECT text, parents, log_likelihood, reward FROM sample',
    expected: [{ text: 'C1CC', parents: null, log_likelihood: -3.5, reward: 0 }],
  },
  25: {
    insert: `${oldRun("'worst'").replace('name, domain', 'name, modality')};
      INSERT INTO round VALUES (1, 0, '[]', '${'0'.repeat(64)}', '{}')`,
    query: 'SELECT run.id, method, aggregate, number FROM run JOIN round ON run_id = run.id',
    expected: [{ id: 1, method: 'iterative', aggregate: 'worst', number: 0 }],
  },
};

describe('migrations', () => {
  it('have ascending versions', () => {
    const versions = migrations.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it.each(migrations.map(({ version }, i) => ({ version, before: i === 0 ? 0 : migrations[i - 1].version })))(
    'move rows from $before to $version',
    ({ version, before }) => {
      const { insert, query, expected } = crossings[version];
      const connection = new Database(':memory:');
      migrate(connection, migrations, before);
      expect(formatOf(connection)).toBe(before);
      connection.exec(insert);
      migrate(connection, migrations, version);
      expect(formatOf(connection)).toBe(version);
      expect(connection.prepare(query).all()).toEqual(expected);
      connection.close();
    },
  );

  it('let a run have any of the four methods, and no other', () => {
    const connection = new Database(':memory:');
    migrate(connection, migrations);
    connection.exec(oldRun("'arithmetic'").replace('name, domain', 'name, modality'));
    for (const method of ['morlhf', 'soups', 'ric'])
      expect(connection.prepare('UPDATE run SET method = ?').run(method).changes).toBe(1);
    expect(() => connection.exec("UPDATE run SET method = 'soup'")).toThrow('CHECK constraint failed');
    expect(() => connection.exec('UPDATE run SET method = NULL')).toThrow('NOT NULL constraint failed');
    connection.close();
  });

  it('let a run have any of the four aggregates, and no other', () => {
    const connection = new Database(':memory:');
    migrate(connection, migrations);
    connection.exec(oldRun("'arithmetic'").replace('name, domain', 'name, modality'));
    for (const aggregate of ['geometric', 'product', 'worst'])
      expect(connection.prepare('UPDATE run SET aggregate = ?').run(aggregate).changes).toBe(1);
    expect(() => connection.exec("UPDATE run SET aggregate = 'median'")).toThrow('CHECK constraint failed');
    expect(() => connection.exec('UPDATE run SET aggregate = NULL')).toThrow('NOT NULL constraint failed');
    connection.close();
  });

  it('make every table STRICT', () => {
    const connection = new Database(':memory:');
    migrate(connection, migrations);
    const loose = connection
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0")
      .all();
    expect(loose).toEqual([]);
    expect(connection.pragma('application_id', { simple: true })).toBe(applicationId);
    connection.close();
  });
});

describe('the mechanism', () => {
  const first: Migration = { version: 10, statements: 'CREATE TABLE note (text TEXT NOT NULL) STRICT' };
  const second: Migration = {
    version: 20,
    statements: "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'unknown'",
  };
  const broken: Migration = {
    version: 30,
    statements: 'ALTER TABLE note ADD COLUMN half INTEGER; ALTER TABLE missing ADD COLUMN x INTEGER',
  };

  it('carries rows on and runs each migration once', () => {
    const connection = new Database(':memory:');
    migrate(connection, [first]);
    connection.exec("INSERT INTO note VALUES ('kept')");
    migrate(connection, [first, second]);
    migrate(connection, [first, second]);
    expect(connection.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept', author: 'unknown' }]);
    connection.close();
  });

  it('leaves the file at the last whole version when one fails', () => {
    const connection = new Database(':memory:');
    expect(() => migrate(connection, [first, second, broken])).toThrow('no such table: missing');
    expect(formatOf(connection)).toBe(20);
    expect(connection.prepare("SELECT name FROM pragma_table_info('note')").pluck().all()).toEqual(['text', 'author']);
    connection.close();
  });
});
