import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { close, openForWriting } from '../../../db/index.ts';
import { reportText } from '../../../host/commands/doctor-report.ts';
import { sampleRun } from '../../db/sample-run.ts';
import { temporaryFolder } from '../tools.ts';

const given = { facts: { version: '1.2.3' }, devices: [['cpu', 'chosen', '9 ms per step', 'passed']], log: null };

test('a report tells versions, devices and the states of runs, and nothing of what they are about', () => {
  const folder = temporaryFolder();
  const workspace = join(folder, 'secret project.amalgam');
  const db = openForWriting(workspace);
  sampleRun(db);
  close(db);
  const log = join(folder, 'host.log');
  writeFileSync(log, `old\n${'line\n'.repeat(199)}run of “Secret lead” failed at CC(=O)Oc1ccccc1C(=O)O\n`);
  const text = reportText({ ...given, workspace, log });
  for (const wanted of ['1.2.3', 'cpu', '9 ms per step', '1 interrupted', 'run of [text] failed at [structure]'])
    expect(text).toContain(wanted);
  for (const hidden of [folder, 'ecret', 'CC(=O)', 'old']) expect(text).not.toContain(hidden);
});

test('a workspace that is missing or damaged is told, not thrown', () => {
  const folder = temporaryFolder();
  expect(reportText({ ...given, workspace: join(folder, 'none.amalgam') })).toContain('there is none yet');
  const damaged = join(folder, 'damaged.amalgam');
  writeFileSync(damaged, 'no workspace');
  expect(reportText({ ...given, workspace: damaged })).toContain('cannot be read: [path] is not an Amalgam workspace');
  expect(() => reportText({ ...given, workspace: damaged, log: join(folder, 'none.log') })).toThrow('There is no log');
});
