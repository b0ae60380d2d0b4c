/** amalgam consents, and how other commands ask for consent before an external scorer runs. */
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
    .description('List the external scorers that you have allowed.')
    .option('--json', 'print JSON')
    .action(list);
  consents
    .command('revoke')
    .description('Withdraw consents. External scorers that are running end with their runs.')
    .argument('<key...>', `key of an external scorer, or its first ${SHORT_KEY} characters`)
    .action((keys: string[]) => keys.forEach((key) => new Consents(consentsFile()).revoke(key)));
}

function list({ json }: { readonly json?: boolean }): void {
  const terminal = openTerminal();
  const all = new Consents(consentsFile()).list();
  if (json) return terminal.json(all);
  if (all.length === 0)
    return terminal.out('You have not allowed any external scorer. A design that needs one asks when it starts.');
  terminal.out(all.map((one) => `${programText(one)}\nallowed   ${one.given}`).join('\n\n'));
}

export interface AllowOptions {
  readonly allowCommand?: string[];
}

export function withAllowOption(command: Command): Command {
  return command.option(
    '--allow-command <key>',
    'allow the external scorer with this key to run (the key is in the error message); repeat for several',
    gathered,
  );
}

/**
 * Does work that may need consent. If it does, --allow-command gives it, or the terminal
 * asks for it, and the work is done again.
 * @throws ContractError 'consent-needed', with instructions, if consent is not given
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

/** Asks on a terminal; without a terminal the answer is no. */
async function agrees(program: ProgramInfo): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `This design uses an external scorer:\n${programText(program)}\nThe program runs with all your rights on this computer. Allow it, now and in future? [y/N] `;
    // Ctrl-C and Ctrl-D close the question without an answer, which means no.
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
    `${error.message}\nTo allow ${programs.length === 1 ? 'it' : 'them'}, run the same command again with ${keys}`,
    error.details,
  );
}
