/**
 * The program behind an external scorer: what is started, where, and which files it
 * consists of. Nothing is started here.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Modality } from '../../engine/base/modality.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { isExternal } from '../../engine/objectives/families/external.ts';
import type { ObjectiveRequest } from '../../engine/objectives/types.ts';
import { programFolder } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';

/** How a program is supervised, from its objective's parameters. */
export interface Supervision {
  readonly batch: number;
  /** Seconds. */
  readonly timeout: number;
  readonly restarts: number;
}

export interface Program {
  readonly kind: 'command' | 'module';
  /** As the user typed it. */
  readonly text: string;
  /** Whole path. */
  readonly executable: string;
  readonly args: readonly string[];
  /** Whole path of the folder in which it starts. */
  readonly folder: string;
  /** What the consent covers: the words that decide what runs, and files by their content. */
  readonly words: readonly string[];
  readonly files: readonly string[];
}

interface FileContent {
  readonly path: string;
  /** SHA-256, hexadecimal; of size and time of change for a file that is too large to read. */
  readonly sha256: string;
}

/** A program with its content: equal keys mean exactly the same program. */
export interface Fingerprint {
  /** SHA-256, hexadecimal. */
  readonly key: string;
  readonly files: readonly FileContent[];
}

/** Larger files, such as weights, are identified by size and time of change. */
const LARGEST_READ = 64 * 2 ** 20;

const MODULE_RUNNER = join(programFolder, 'dist', 'host', 'module-runner.js');

/**
 * @param request of an external objective with whole paths
 * @throws ParameterError if it cannot be started
 */
export function programOf({ id, parameters }: ObjectiveRequest): Program {
  if (!isExternal(id)) throw new Error(`"${id}" is not an external scorer`);
  return id === 'module'
    ? moduleProgram(String(parameters.file))
    : commandProgram(String(parameters.command), String(parameters.folder));
}

export function supervisionOf({ parameters }: ObjectiveRequest): Supervision {
  const { batch, timeout, restarts } = parameters;
  return { batch: Number(batch), timeout: Number(timeout), restarts: Number(restarts) };
}

function moduleProgram(file: string): Program {
  if (!isFile(file)) throw new ParameterError('file', `Cannot read ${file}: there is no such file.`);
  return {
    kind: 'module',
    text: file,
    executable: process.execPath,
    args: [MODULE_RUNNER, file],
    folder: resolve(file, '..'),
    words: [file],
    files: [...moduleFiles(file)],
  };
}

/** Imports of a module by relative paths. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** A module with all files that it imports by relative paths, directly or indirectly. */
function moduleFiles(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !isFile(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT))
    moduleFiles(resolve(file, '..', path), found);
  return found;
}

function commandProgram(text: string, folder: string): Program {
  const [word, ...args] = splitWords(text);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ParameterError('folder', `${folder} is not a folder.`);
  const executable = findExecutable(word, folder);
  const files = [...(isScript(executable) ? [executable] : []), ...args.flatMap((arg) => fileIn(arg, folder))];
  return {
    kind: 'command',
    text,
    executable,
    args,
    folder,
    words: [executable, realpathSync(executable), ...args, folder],
    files: [...new Set(files)],
  };
}

/** Words of a command line; single and double quotes keep spaces, nothing else is special. @throws ParameterError */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  const rest = text.replace(/((?:[^\s"']|"[^"]*"|'[^']*')+)\s*/g, (_, word: string) => {
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, (__, double?: string, single?: string) => double ?? single ?? ''));
    return '';
  });
  if (rest.trim() !== '') throw new ParameterError('command', 'The command has a quote that is not closed.');
  if (words.length === 0 || words[0] === '') throw new ParameterError('command', 'The command is empty.');
  return words;
}

/** Like the look-up of a shell, except that paths are relative to `folder`. @throws ParameterError */
function findExecutable(word: string, folder: string): string {
  const isPath = /[/\\]/.test(word);
  const places = isPath
    ? [resolve(folder, word)]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .filter((path) => path !== '')
        .map((path) => join(path, word));
  const endings = process.platform === 'win32' ? ['', ...(process.env.PATHEXT ?? '.EXE').split(';')] : [''];
  const found = places.flatMap((place) => endings.map((ending) => `${place}${ending}`)).find(isExecutable);
  // Links are not resolved: the Python of a virtual environment is one.
  if (found !== undefined) return found;
  throw new ParameterError(
    'command',
    isPath
      ? `${places[0]} does not exist or is not executable.`
      : `The program "${word}" was not found on the search path (PATH).`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK | constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether an executable is a script: its content changes as easily as that of any file. */
function isScript(path: string): boolean {
  const [start, file] = [Buffer.alloc(2), openSync(path, 'r')];
  try {
    readSync(file, start);
    return start.toString('latin1') === '#!';
  } finally {
    closeSync(file);
  }
}

/** The file that an argument names, as a separate word or as in --model=FILE. */
function fileIn(arg: string, folder: string): string[] {
  const named = [arg, arg.slice(arg.indexOf('=') + 1)].map((word) => resolve(folder, word)).find(isFile);
  return named === undefined ? [] : [named];
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Reads the program's files. @throws Error if one cannot be read */
export function fingerprint({ kind, words, files }: Program): Fingerprint {
  const contents = files.map((path) => ({ path, sha256: contentHash(path) }));
  return {
    key: sha256(JSON.stringify([kind, words, contents.map(({ path, sha256: hash }) => [path, hash])])),
    files: contents,
  };
}

function contentHash(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return sha256(size > LARGEST_READ ? `${size} bytes of ${mtimeMs}` : readFileSync(path));
}

/** The key under which a program's scores are stored; a text can be both a molecule and DNA. */
export function scoresKey({ key }: Fingerprint, modality: Modality): string {
  return sha256(`${key} ${modality}`);
}
