/** Parsers of option values that the commands share; errors say what is expected. */
import { type Command, InvalidArgumentError } from 'commander';
import { openLog } from '../base/log.ts';
import { defaultWorkspace } from '../base/paths.ts';
import { deviceChoices, parseDevice } from '../compute/devices.ts';
import type { HostOptions } from '../services/context.ts';

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number ${range(least, most)}.`);
    return value;
  };
}

export function realNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a number ${range(least, most)}.`);
    return value;
  };
}

const range = (least: number, most: number) =>
  most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;

/** Seeds are stored as 32-bit numbers. */
export const seed = wholeNumber(0, 2 ** 31 - 1);

/** "1,2,3", "1-5" or both. */
export function seedList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first, ...rest] = part.trim().split('-');
    const [from, to] = [seed(first), seed(last)];
    if (rest.length > 0 || to < from) throw new InvalidArgumentError('Expected seeds such as 1,2,3 or 1-5.');
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

export function withWorkspace(command: Command): Command {
  return command.option('--workspace <file>', 'workspace file; AMALGAM_WORKSPACE sets the default', defaultWorkspace());
}

/** For commands that store nothing in a workspace, so that a script can give all commands the same options. */
export function withUnusedWorkspace(command: Command): Command {
  return command.option('--workspace <file>', 'accepted as by other commands; this one stores nothing in a workspace');
}

export interface HostCommandOptions {
  readonly workspace: string;
  readonly device: string;
  readonly log?: string | true;
}

/** Options of the commands that start a host. */
export function withHostOptions(command: Command): Command {
  return withWorkspace(command)
    .option('--device <device>', `compute device: ${deviceChoices.join(', ')}`, 'auto')
    .option('--log [file]', 'write a log to this file (default: beside the workspace)');
}

/** @throws InputError for an unknown device or a log file that cannot be written */
export function hostOptions({ workspace, device, log }: HostCommandOptions): HostOptions {
  const file = log === true ? `${workspace}.log` : log;
  return { workspace, device: parseDevice(device), ...(file !== undefined && { log: openLog(file) }) };
}

/** Collects the values of an option that may be repeated. */
export function gathered(value: string, before: string[] = []): string[] {
  return [...before, value];
}
