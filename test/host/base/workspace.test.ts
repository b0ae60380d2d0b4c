import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { close, openForWriting } from '../../../db/index.ts';
import { formatOf, migrate, newestVersion } from '../../../db/migrate.ts';
import { migrations } from '../../../db/migrations/index.ts';
import { readWorkspace } from '../../../host/base/workspace.ts';
import { temporaryFolder } from '../tools.ts';

it('brings a file of an older format up to date before it is read', () => {
  const path = join(temporaryFolder(), 'old.amalgam');
  const old = new Database(path);
  migrate(old, migrations, 20);
  old.close();
  const db = readWorkspace(path);
  expect(formatOf(db.connection)).toBe(newestVersion(migrations));
  close(db);
});

it('does so while nobody else writes to it only', () => {
  const path = join(temporaryFolder(), 'held.amalgam');
  const holder = openForWriting(path);
  holder.connection.pragma('user_version = 20');
  expect(() => readWorkspace(path)).toThrow(/is open in|in use|process/i);
  close(holder);
});
