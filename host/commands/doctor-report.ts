/**
 * @file The file of `amalgam doctor --report`: what helps to find a fault, as text that the user can read before
 * sending it. It has no structures, sequences, names or paths of the user.
 */
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { dirname } from 'node:path';
import { close, listRuns } from '../../db/index.ts';
import { InputError } from '../base/errors.ts';
import { programFolder } from '../base/paths.ts';
import { redacted } from '../base/redact.ts';
import { readWorkspace } from '../base/workspace.ts';
import { table } from './terminal.ts';

const logLines = 200;

export interface ReportParts {
  /** Versions and sizes by name. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Rows of the devices. */
  readonly devices: readonly (readonly string[])[];
  readonly workspace: string;
  /** A log to take the last lines of; null for none. */
  readonly log: string | null;
}

export function reportText({ facts, devices, workspace, log }: ReportParts): string {
  return [
    'Diagnostic report of Amalgam',
    'Read it before you send it. Words in [brackets] stand for what was taken out.',
    '',
    ...lines({ ...facts, system: `${type()} ${release()}`, processor: cpus()[0]?.model ?? 'unknown' }),
    '',
    'Devices',
    // A reason may name a library's path.
    table(
      ['device', '', 'speed', ''],
      devices.map((row) => row.map((cell) => redacted(cell, programFolder))),
    ),
    '',
    'Workspace',
    ...lines(workspaceFacts(workspace)),
    '',
    `Variables that are set: ${variables().join(', ') || 'none'}`,
    ...(log === null ? [] : ['', `Last lines of the log`, ...lastLines(log)]),
    '',
  ].join('\n');
}

const lines = (facts: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(facts).map(([name, value]) => `${name.padEnd(10)} ${String(value)}`);

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Sizes and numbers alone. A workspace that cannot be read is a finding, not a failure. */
function workspaceFacts(file: string): Record<string, unknown> {
  if (!existsSync(file)) return { file: 'there is none yet' };
  const { bavail, bsize } = statfsSync(dirname(file));
  return { size: megabytes(statSync(file).size), free: megabytes(bavail * bsize), runs: runsIn(file) };
}

function runsIn(file: string): string {
  try {
    const db = readWorkspace(file);
    const states = listRuns(db).map(({ state }) => state);
    close(db);
    return [...new Set(states)].map((state) => `${states.filter((one) => one === state).length} ${state}`).join(', ');
  } catch (error) {
    return `cannot be read: ${redacted(error instanceof Error ? error.message : String(error), programFolder)}`;
  }
}

/** Names without their values. */
const variables = (): string[] => Object.keys(process.env).filter((name) => name.startsWith('AMALGAM_'));

function lastLines(log: string): string[] {
  if (!existsSync(log)) throw new InputError(`There is no log ${log}.`);
  const all = readFileSync(log, 'utf8').trimEnd().split('\n');
  return all.slice(-logLines).map((line) => redacted(line, programFolder));
}
