/**
 * Which external scorers the user has allowed to run. A consent is for one exact
 * command: its words, the executable that it resolves to, and the content of the files
 * that it names. Consents are stored with the user's settings, so that no design or
 * workspace from elsewhere can contain one.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { commandLine, type ConsentInfo, consentInfo, ContractError, type ProgramInfo } from '../../contract/api.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import type { ScoringRequest } from '../../engine/objectives/types.ts';
import { errorText, InputError } from '../base/errors.ts';
import { writeWhole } from '../base/write-whole.ts';
import { externalRequests } from './external-scorers.ts';
import { fingerprint, type Program, programOf } from './program.ts';

const stored = z.object({ consents: z.array(consentInfo) });

/** Characters of a key that identify it on the command line. */
export const SHORT_KEY = 12;

export class Consents {
  readonly #file: string;
  /** Consents that were requested and not given yet, by key: only these can be given. */
  readonly #asked = new Map<string, ProgramInfo>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Newest first. @throws InputError if the file is damaged */
  list(): ConsentInfo[] {
    if (!existsSync(this.#file)) return [];
    try {
      return stored.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).consents;
    } catch (error) {
      throw new InputError(
        `Cannot read ${this.#file}, the list of allowed external scorers: ${errorText(error)}. Delete the file to be asked again.`,
      );
    }
  }

  /**
   * Returns if the user has allowed every external scorer of the request.
   * @throws ContractError 'consent-needed' with those that are not allowed; 'bad-input' if one cannot be found
   */
  require(request: ScoringRequest): void {
    const allowed = new Set(this.list().map(({ key }) => key));
    const programs = programsOf(request).filter(({ key }) => !allowed.has(key));
    if (programs.length === 0) return;
    for (const program of programs) this.#asked.set(program.key, program);
    throw new ContractError('consent-needed', needed(programs), { programs });
  }

  /** @throws ContractError if no such external scorer is waiting for consent */
  allow(key: string): void {
    const program = this.#asked.get(key);
    if (program === undefined)
      throw new ContractError('not-found', `No external scorer with the key ${key} is waiting for consent.`);
    this.#asked.delete(key);
    this.#write([{ ...program, given: new Date().toISOString() }, ...this.list()]);
  }

  /**
   * @param key whole, or its first SHORT_KEY characters and more
   * @throws ContractError if no such external scorer is allowed
   */
  revoke(key: string): void {
    const consents = this.list();
    const found = consents.filter((one) => key.length >= SHORT_KEY && one.key.startsWith(key));
    if (found.length === 0)
      throw new ContractError(
        'not-found',
        `No external scorer with the key ${key} is allowed. "amalgam consents" lists the allowed ones.`,
      );
    this.#write(consents.filter((one) => !found.includes(one)));
  }

  #write(consents: readonly ConsentInfo[]): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeWhole(this.#file, Buffer.from(`${JSON.stringify({ consents }, null, 2)}\n`), 0o600);
  }
}

/** The external scorers of a request without duplicates, with their present content. @throws InputError */
function programsOf(request: ScoringRequest): ProgramInfo[] {
  try {
    const programs = externalRequests(request).map((one) => programInfo(programOf(one)));
    return [...new Map(programs.map((one) => [one.key, one])).values()];
  } catch (error) {
    if (error instanceof ParameterError) throw new InputError(error.message);
    throw error;
  }
}

function programInfo(program: Program): ProgramInfo {
  const { key, files } = fingerprint(program);
  const { kind, text, executable, args, folder } = program;
  return { key, kind, text, executable, args: [...args], folder, files: files.map((file) => ({ ...file })) };
}

/** A program with everything that runs, one item per line. */
export function programText(program: ProgramInfo): string {
  const { kind, text, folder, files, key } = program;
  const named = kind === 'module' ? `module    ${text}` : `command   ${text}\nstarts    ${commandLine(program)}`;
  const contents = files.map(({ path, sha256 }) => `file      ${path} (SHA-256 ${sha256.slice(0, SHORT_KEY)})`);
  return [named, `in        ${folder}`, ...contents, `key       ${key.slice(0, SHORT_KEY)}`].join('\n');
}

function needed(programs: readonly ProgramInfo[]): string {
  const [what, it] = programs.length === 1 ? ['a program', 'It'] : ['programs', 'They'];
  return `The design wants to run ${what} on this computer that you have not allowed:\n${programs.map(programText).join('\n')}\n${it} can do whatever you can do.`;
}
