/** amalgam consents, and how the other commands ask before a program of the user's own runs. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { consentNeeded, ContractError, type ProgramInfo } from '../../contract/api.ts';
import { consentsFile } from '../base/paths.ts';
import { Consents, programText, SHORT_KEY } from '../external/consents.ts';
import { gathered } from './options.ts';
import { openTerminal } from './terminal.ts';

export function addConsents(program: Command): void {
  const consents = program
    .command('consents')
    .description('List the programs that you have allowed to score for designs.')
    .option('--json', 'print JSON')
    .action(list);
  consents
    .command('revoke')
    .description('Take consents back; running programs end with their runs.')
    .argument('<key...>', `key of a program, or its first ${SHORT_KEY} characters`)
    .action((keys: string[]) => keys.forEach((key) => new Consents(consentsFile()).revoke(key)));
}

function list({ json }: { readonly json?: boolean }): void {
  const terminal = openTerminal();
  const all = new Consents(consentsFile()).list();
  if (json) return terminal.json(all);
  if (all.length === 0) return terminal.out('No program is allowed. A design that needs one asks when it starts.');
  terminal.out(all.map((one) => `${programText(one)}\nallowed   ${one.given}`).join('\n\n'));
}

export interface AllowOptions {
  readonly allowCommand?: string[];
}

export function withAllowOption(command: Command): Command {
  return command.option(
    '--allow-command <key>',
    'allow the program with this key, which the refusal names, to run; may be given again',
    gathered,
  );
}

/**
 * Does what may need consent: where it does, it is given by --allow-command, or
 * asked for on a terminal, and the work is done again.
 * @throws ContractError 'consent-needed' with what to do where it is not given
 */
export async function withConsent<T>(
  consents: Consents,
  { allowCommand = [] }: AllowOptions,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const programs = programsIn(error);
    if (programs === null) throw error;
    for (const program of programs) {
      if (!isNamed(program, allowCommand) && !(await agrees(program)))
        throw withAdvice(error as ContractError, programs);
      consents.allow(program.key);
    }
  }
  return work();
}

function programsIn(error: unknown): readonly ProgramInfo[] | null {
  return error instanceof ContractError && error.code === 'consent-needed'
    ? consentNeeded.parse(error.details).programs
    : null;
}

function isNamed({ key }: ProgramInfo, allowed: readonly string[]): boolean {
  return allowed.some((one) => one.length >= SHORT_KEY && key.startsWith(one));
}

/** Asks on a terminal; without one nobody can agree. */
async function agrees(program: ProgramInfo): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `The design wants to run a program on this computer:\n${programText(program)}\nIt can do whatever you can do. Allow it, now and later? [y/N] `;
    // Ctrl-C and Ctrl-D close the question without an answer, which is a no.
    const answer = await Promise.race([terminal.question(question), once(terminal, 'close').then(() => '')]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

function withAdvice(error: ContractError, programs: readonly ProgramInfo[]): ContractError {
  const keys = programs.map(({ key }) => `--allow-command ${key.slice(0, SHORT_KEY)}`).join(' ');
  return new ContractError(
    'consent-needed',
    `${error.message}\nTo allow ${programs.length === 1 ? 'it' : 'them'}, give the same command again with ${keys}`,
    error.details,
  );
}
