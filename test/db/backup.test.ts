import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, close, createDesign, listDesigns, openForReading, openForWriting } from '../../db/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const design = { name: 'Leads', modality: 'molecule', source: 'name = "Leads"', resolved: {} } as const;

test('a backup holds what was written before it, and nothing of later', async () => {
  const folder = temporaryFolder();
  const db = openForWriting(join(folder, 'lab.amalgam'));
  createDesign(db, design);
  const bytes = await backUp(db, join(folder, 'copy.amalgam'));
  createDesign(db, { ...design, name: 'Later' });
  close(db);
  const copy = openForReading(join(folder, 'copy.amalgam'));
  expect(listDesigns(copy).map(({ name }) => name)).toEqual(['Leads']);
  close(copy);
  expect(bytes).toBeGreaterThan(10_000);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.amalgam']);
});

test('a copy can be written to, also while the workspace itself is in use', async () => {
  const folder = temporaryFolder();
  const db = openForWriting(join(folder, 'lab.amalgam'));
  await backUp(db, join(folder, 'copy.amalgam'));
  const copy = openForWriting(join(folder, 'copy.amalgam'));
  createDesign(copy, design);
  expect([listDesigns(copy).length, listDesigns(db).length]).toEqual([1, 0]);
  close(copy);
  close(db);
});

test('an existing file is never replaced, and a failure leaves nothing', async () => {
  const folder = temporaryFolder();
  const db = openForWriting(join(folder, 'lab.amalgam'));
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  await expect(backUp(db, join(folder, 'thesis.txt'))).rejects.toThrow(/exists already/);
  await expect(backUp(db, join(folder, 'nowhere', 'copy.amalgam'))).rejects.toThrow(/could not be written/);
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  close(db);
});
