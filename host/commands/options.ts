/** Readers of option values that the commands share; each says what is wrong and what is expected. */
import { type Command, InvalidArgumentError } from 'commander';
import { openLog } from '../base/log.ts';
import { defaultWorkspace } from '../base/paths.ts';
import { deviceChoices, parseDevice } from '../compute/devices.ts';
import type { HostOptions } from '../services/context.ts';

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number ${range(least, most)}.`);
    return value;
  };
}

export function realNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a number ${range(least, most)}.`);
    return value;
  };
}

const range = (least: number, most: number) =>
  most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;

/** Seeds are stored as 32-bit numbers. */
export const seed = wholeNumber(0, 2 ** 31 - 1);

export function withWorkspace(command: Command): Command {
  return command.option('--workspace <file>', 'workspace file (or set AMALGAM_WORKSPACE)', defaultWorkspace());
}

export interface HostCommandOptions {
  readonly workspace: string;
  readonly device: string;
  readonly log?: string | true;
}

/** Options of the commands that start a host. */
export function withHostOptions(command: Command): Command {
  return withWorkspace(command)
    .option('--device <device>', `what computes: ${deviceChoices.join(', ')}`, 'auto')
    .option('--log [file]', 'log to this file; beside the workspace where none is named');
}

/** @throws InputError for an unknown device or a log that cannot be written */
export function hostOptions({ workspace, device, log }: HostCommandOptions): HostOptions {
  const file = log === true ? `${workspace}.log` : log;
  return { workspace, device: parseDevice(device), ...(file !== undefined && { log: openLog(file) }) };
}

/** Adds to the values given before, for options that may come again. */
export function gathered(value: string, before: string[] = []): string[] {
  return [...before, value];
}
