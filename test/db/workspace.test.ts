import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { WorkspaceDamagedError, WorkspaceFullError } from '../../db/errors.ts';
import {
  close,
  commitRound,
  getRun,
  listRuns,
  NotAWorkspaceError,
  openForReading,
  openForWriting,
  readSetting,
  roundMetricsOf,
  updateRunState,
  WorkspaceError,
  WorkspaceFromNewerVersionError,
  WorkspaceInUseError,
  WorkspaceNotFoundError,
  WorkspaceOutdatedError,
  writeSetting,
} from '../../db/index.ts';
import { bundleScript, killHard, startScript } from './other-process.ts';
import { candidate, sampleRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

const newPath = () => join(temporaryFolder(), 'lab.amalgam');

describe('opening', () => {
  it('makes a workspace in WAL mode that opens again with what was written', () => {
    const path = newPath();
    const db = openForWriting(path);
    writeSetting(db, 'device', { id: 'cpu', threads: 2 });
    expect(readdirSync(dirname(path)).sort()).toEqual([
      'lab.amalgam',
      'lab.amalgam-lock',
      'lab.amalgam-shm',
      'lab.amalgam-wal',
    ]);
    expect(db.connection.pragma('journal_mode', { simple: true })).toBe('wal');
    close(db);
    expect(readdirSync(dirname(path)).sort()).toEqual(['lab.amalgam', 'lab.amalgam-lock']);
    const again = openForReading(path);
    expect(readSetting(again, 'device')).toEqual({ id: 'cpu', threads: 2 });
    expect(readSetting(again, 'theme')).toBeUndefined();
    close(again);
  });

  it('takes an empty file for a new workspace', () => {
    const path = newPath();
    writeFileSync(path, '');
    const db = openForWriting(path);
    writeSetting(db, 'theme', 'dark');
    close(db);
    const again = openForReading(path);
    expect(readSetting(again, 'theme')).toBe('dark');
    expect(listRuns(again)).toEqual([]);
    close(again);
  });

  it.each([
    ['trigger', 'CREATE TRIGGER spy AFTER UPDATE ON writer BEGIN DELETE FROM setting; END'],
    ['view', 'CREATE VIEW spy AS SELECT * FROM setting'],
    ['virtual table', 'CREATE VIRTUAL TABLE spy USING fts5(text)'],
  ])('refuses a workspace with a %s of somebody else and leaves it as it is', (kind, statement) => {
    const path = newPath();
    close(openForWriting(path));
    new Database(path).exec(statement).close();
    const before = readFileSync(path);
    for (const open of [openForWriting, openForReading]) {
      expect(() => open(path)).toThrow(NotAWorkspaceError);
      expect(() => open(path)).toThrow(`it is one with the ${kind} "spy", which Amalgam never makes`);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('trusts nothing in a schema, notices damaged cells, and lets no statement change the schema by hand', () => {
    const path = newPath();
    const writer = openForWriting(path);
    const reader = openForReading(path);
    for (const { connection } of [writer, reader]) {
      expect(connection.pragma('trusted_schema', { simple: true })).toBe(0);
      expect(connection.pragma('cell_size_check', { simple: true })).toBe(1);
    }
    writer.connection.pragma('writable_schema = ON');
    expect(() => writer.connection.exec("UPDATE sqlite_schema SET sql = '' WHERE name = 'run'")).toThrow(
      'table sqlite_master may not be modified',
    );
    close(reader);
    close(writer);
  });

  it('refuses what is not a workspace and leaves it as it is', () => {
    const folder = temporaryFolder();
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'CC(=O)Oc1ccccc1C(=O)O\n'.repeat(100));
    const foreign = join(folder, 'foreign.db');
    new Database(foreign).exec('CREATE TABLE song (title TEXT)').close();
    for (const path of [text, foreign, folder]) {
      const before = path === folder ? null : readFileSync(path);
      expect(() => openForWriting(path)).toThrow(NotAWorkspaceError);
      expect(() => openForReading(path)).toThrow(NotAWorkspaceError);
      if (before) expect(readFileSync(path).equals(before)).toBe(true);
      expect(existsSync(`${path}-lock`)).toBe(false);
    }
    expect(() => openForWriting(foreign)).toThrow(
      /foreign\.db is not an Amalgam workspace: it is the SQLite database of another program/,
    );
  });

  it('says what is wrong with a path that leads nowhere', () => {
    const folder = temporaryFolder();
    expect(() => openForReading(join(folder, 'none.amalgam'))).toThrow(WorkspaceNotFoundError);
    expect(() => openForWriting(join(folder, 'none', 'x.amalgam'))).toThrow(WorkspaceError);
  });

  it('refuses a workspace from a newer version, and says which', () => {
    const path = newPath();
    close(openForWriting(path));
    const raw = new Database(path);
    raw.pragma('user_version = 9999');
    raw.close();
    expect(() => openForWriting(path)).toThrow(WorkspaceFromNewerVersionError);
    expect(() => openForReading(path)).toThrow(/format 9999/);
  });

  it('asks a reader to have an older format brought up to date', () => {
    const path = newPath();
    close(openForWriting(path));
    const raw = new Database(path);
    raw.pragma('user_version = 5');
    raw.close();
    expect(() => openForReading(path)).toThrow(WorkspaceOutdatedError);
  });

  it('reports a truncated file as damaged', () => {
    const path = newPath();
    const db = openForWriting(path);
    sampleRun(db);
    close(db);
    truncateSync(path, Math.floor(statSync(path).size / 3));
    expect(() => listRuns(openForReading(path))).toThrow();
    expect(() => openForWriting(path)).toThrow(WorkspaceDamagedError);
  });
});

describe('one writer', () => {
  it('refuses a second writer of the same process, also under another name, and lets readers in', () => {
    const path = newPath();
    const db = openForWriting(path);
    const alias = join(temporaryFolder(), 'alias.amalgam');
    symlinkSync(path, alias);
    expect(() => openForWriting(path)).toThrow(WorkspaceInUseError);
    expect(() => openForWriting(alias)).toThrow(`process ${process.pid}`);
    const runId = sampleRun(db);
    const reader = openForReading(path);
    expect(getRun(reader, runId).state).toBe('running');
    close(reader);
    close(db);
    close(openForWriting(path));
  });

  it('names the process that holds it, and recovers from its death', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.amalgam');
    const own = openForWriting(path);
    const runId = sampleRun(own);
    close(own);
    const script = await bundleScript(
      folder,
      `const w = db.openForWriting(process.argv[2]); db.updateRunState(w, ${runId}, 'running'); console.log('open'); setInterval(() => w, 1000);`,
    );
    const holder = await startScript(script, path);

    expect(() => openForWriting(path)).toThrow(`in use by process ${holder.pid}`);
    const reader = openForReading(path);
    expect(getRun(reader, runId).state).toBe('running');

    await killHard(holder);
    expect(getRun(reader, runId).state).toBe('interrupted');
    close(reader);
    const db = openForWriting(path);
    expect(getRun(db, runId).state).toBe('interrupted');
    updateRunState(db, runId, 'running');
    expect(listRuns(db)[0].state).toBe('running');
    close(db);
    const after = openForReading(path);
    expect(getRun(after, runId).state).toBe('interrupted');
    close(after);
  });

  it('refuses to write once another session has taken over', () => {
    const path = newPath();
    const db = openForWriting(path);
    const raw = new Database(path);
    raw.exec("UPDATE writer SET session = 'another', pid = 4711");
    raw.close();
    expect(() => writeSetting(db, 'theme', 'dark')).toThrow('in use by process 4711');
    expect(readSetting(db, 'theme')).toBeUndefined();
    close(db);
  });
});

describe('a full disk', () => {
  const molecules = Array.from({ length: 400 }, (_, i) => candidate(`C${'C'.repeat(i)}O`, [0.5, 0.25]));

  it('rolls the round back, says so, and leaves the workspace usable', () => {
    const path = newPath();
    const db = openForWriting(path);
    const runId = sampleRun(db);
    commitRound(db, sampleRound(runId, 0, [candidate('CCO', [0.4, 0.2])]));
    const pages = db.connection.pragma('page_count', { simple: true }) as number;
    db.connection.pragma(`max_page_count = ${pages + 3}`);
    expect(() => commitRound(db, sampleRound(runId, 1, molecules))).toThrow(WorkspaceFullError);
    expect(db.connection.prepare('SELECT number FROM round').pluck().all()).toEqual([0]);
    db.connection.pragma('max_page_count = 1000000');
    commitRound(db, sampleRound(runId, 1, molecules));
    expect(listRuns(db)[0]).toMatchObject({ round: 1, unique: 400 });
    expect(db.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    close(db);
  });

  it('does the same on a real file system of 2 MB', ({ skip }) => {
    const folder = mountSmallDisk();
    if (folder === null) return skip('this user may not mount a file system');
    const path = join(folder, 'lab.amalgam');
    try {
      const db = openForWriting(path);
      const runId = sampleRun(db);
      const noise = (round: number) => ({ 'optimizer/0': new Uint8Array(150_000).fill(round) });
      const fill = () => {
        for (let round = 0; round < 40; round++)
          commitRound(
            db,
            sampleRound(runId, round, [candidate(`C${'C'.repeat(round)}N`, [0.4, 0.2])], { states: noise(round) }),
          );
      };
      expect(fill).toThrow(WorkspaceFullError);
      const kept = roundMetricsOf(db, runId).length;
      expect(kept).toBeGreaterThan(0);
      expect(() => writeSetting(db, 'big', 'x'.repeat(2_000_000))).toThrow(WorkspaceFullError);
      close(db);
      const again = openForReading(path);
      expect(roundMetricsOf(again, runId)).toHaveLength(kept);
      close(again);
      execFileSync('mount', ['-o', 'remount,size=16m', folder]);
      const grown = openForWriting(path);
      commitRound(grown, sampleRound(runId, kept, molecules));
      expect(grown.connection.pragma('integrity_check', { simple: true })).toBe('ok');
      close(grown);
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

/** @returns null where this user may not mount */
function mountSmallDisk(): string | null {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
  return status === 0 ? folder : null;
}
