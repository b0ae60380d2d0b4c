/**
 * @file Programs of the user's own that behave, and every way in which they don't: real processes, missing values, one
 * clear sentence.
 */
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fingerprint, type Program, programOf, splitWords, type Supervision } from '../../../host/external/program.ts';
import { ExternalScorer, noMemory, type ScoreMemory } from '../../../host/external/scorer.ts';
import { root, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const script = join(root, 'test/fixtures/programs/program.mjs');
const usual: Supervision = { batch: 64, timeout: 60, restarts: 2 };
const open: ExternalScorer[] = [];
let logs = 0;

afterEach(() => Promise.all(open.splice(0).map((scorer) => scorer.dispose())));

interface Tried {
  readonly scorer: ExternalScorer;
  readonly told: string[];
  readonly log: () => string[];
}

function program(mode: string, supervision: Partial<Supervision> = {}, memory: ScoreMemory = noMemory): Tried {
  return scorerOf(`"${process.execPath}" "${script}" ${mode}`, supervision, memory);
}

function scorerOf(command: string, supervision: Partial<Supervision>, memory: ScoreMemory): Tried {
  return scorerOfProgram(programOf({ id: 'command', parameters: { command, folder } }), supervision, memory);
}

function moduleNamed(name: string): Tried {
  return scorerOfProgram(
    programOf({ id: 'module', parameters: { file: join(root, 'test/fixtures/programs', name) } }),
    { restarts: 0 },
    noMemory,
  );
}

function scorerOfProgram(found: Program, supervision: Partial<Supervision>, memory: ScoreMemory): Tried {
  // Programs get the environment of this process.
  const log = (process.env.PROGRAM_LOG = join(folder, `${++logs}.log`));
  const told: string[] = [];
  const scorer = new ExternalScorer({
    program: found,
    key: fingerprint(found).key,
    supervision: { ...usual, ...supervision },
    memory,
    tell: (what) => told.push(what),
  });
  open.push(scorer);
  return { scorer, told, log: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}

function remembering(): ScoreMemory {
  const scores = new Map<string, number | null>();
  return {
    known: (sequences) =>
      new Map(sequences.flatMap((one) => (scores.has(one) ? [[one, scores.get(one)!] as const] : []))),
    keep: (fresh) => fresh.forEach((value, one) => scores.set(one, value)),
  };
}

describe('a program', () => {
  it('is started once and asked in batches, for each sequence once', async () => {
    const { scorer, told, log } = program('good', { batch: 2 });
    expect(await scorer.score(['C', 'CC', 'CCC', 'C', 'CCCC'])).toEqual([1, 2, 3, 1, 4]);
    expect(await scorer.score([])).toEqual([]);
    expect(log()).toEqual(['start', 'C', 'CC', 'CCC', 'CCCC']);
    expect(told).toEqual([]);
  });

  it('is asked only for what is not known, and null is an answer', async () => {
    const { scorer, told, log } = program('items', {}, remembering());
    expect(await scorer.score(['C', 'CC', 'CCC', 'CCCC'])).toEqual([null, null, null, 4]);
    expect(await scorer.score(['CCCC', 'C', 'CCCCC', 'CC'])).toEqual([4, null, 5, null]);
    // What failed is asked for again.
    expect(log()).toEqual(['start', 'C', 'CC', 'CCC', 'CCCC', 'CCCCC', 'CC']);
    expect(told).toEqual([expect.stringContaining('gave no score for CC: no conformer. These scores are missing.')]);
  });

  it('answers callers side by side', async () => {
    const { scorer } = program('good');
    expect(await Promise.all([scorer.score(['C']), scorer.score(['CC', 'CCC']), scorer.score(['CCCC'])])).toEqual([
      [1],
      [2, 3],
      [4],
    ]);
  });
});

describe('a problem is reported once, and its scores are missing:', () => {
  it.each([
    ['garbage', [1, 2, 3], 'wrote a line that is not an answer: "Loading the model ..."'],
    ['wrong-id', [1, 2, 3], 'wrote a line that is not an answer: "{"id":8'],
    ['flood', [1, 2, 3], null],
    ['short', [null, null, null], 'answered with 2 scores for 3 sequences'],
    ['nan', [null, null, 3], 'gave no score for C: NaN'],
    ['error', [null, null, null], 'answered with an error: out of licences'],
  ])('%s', async (mode, scores, sentence) => {
    const { scorer, told, log } = program(mode);
    expect(await scorer.score(['C', 'CC', 'CCC'])).toEqual(scores);
    await scorer.score(['C', 'CC', 'CCC']);
    expect(told).toEqual(sentence === null ? [] : [expect.stringContaining(sentence)]);
    expect(log().filter((line) => line === 'start')).toHaveLength(1);
  });

  it('a program that dies is started again and gets the batch once more', async () => {
    const { scorer, told } = program('dies-once');
    expect(await scorer.score(['C', 'CC'])).toEqual([1, 2]);
    expect(told).toEqual([expect.stringContaining('ended with code 4. It is being restarted.')]);
  });

  it.each([
    ['dies', 'ended with code 4: Traceback: no such thing'],
    ['dies-at-start', 'ended with code 4: Traceback: no such thing'],
    ['endless', 'wrote a line of more than 16 million characters'],
  ])('%s again and again is given up', async (mode, sentence) => {
    const { scorer, told, log } = program(mode, { restarts: 1 });
    expect(await scorer.score(['C', 'CC'])).toEqual([null, null]);
    expect(await scorer.score(['CCC'])).toEqual([null]);
    expect(told.at(-2)).toContain(`${sentence}. It was started 2 times. From now on its scores are missing.`);
    expect(told.at(-1)).toContain('failed twice on the same 2 sequences');
    expect(log().filter((line) => line === 'start')).toHaveLength(2);
  });

  it('one that hangs is ended', async () => {
    const { scorer, told } = program('hang', { timeout: 0.3, restarts: 0 });
    expect(await scorer.score(['C'])).toEqual([null]);
    expect(told[0]).toContain('gave no answer within 0.3 s. From now on its scores are missing.');
  });

  it('one that changed after it was allowed is not started', async () => {
    const copy = join(folder, 'changing.mjs');
    copyFileSync(script, copy);
    const { scorer, told, log } = scorerOf(`"${process.execPath}" "${copy}" good`, {}, noMemory);
    writeFileSync(copy, `${readFileSync(script, 'utf8')}\n// changed\n`);
    expect(await scorer.score(['C'])).toEqual([null]);
    expect(told[0]).toContain('has changed since you allowed it');
    expect(log()).toEqual([]);
  });
});

describe('a module', () => {
  it('in TypeScript, with imports, asynchronous, scores; what it prints is no answer', async () => {
    const { scorer, told } = moduleNamed('lengths.ts');
    expect(await scorer.score(['C', 'O', 'CCC', 'F'])).toEqual([1, null, 3, null]);
    expect(told).toEqual([expect.stringContaining('gave no score for F: score() returned NaN')]);
    expect(await scorer.score(['N'])).toEqual([null]);
    expect(await scorer.score(['CC'])).toEqual([2]);
    expect(told[1]).toContain('answered with an error: no time');
  });

  it('is another one when what it imports changes', () => {
    for (const name of ['lengths.ts', 'atoms.ts'])
      copyFileSync(join(root, 'test/fixtures/programs', name), join(folder, name));
    const print = () => fingerprint(programOf({ id: 'module', parameters: { file: join(folder, 'lengths.ts') } }));
    const { key, files } = print();
    expect(files.map(({ path }) => path)).toEqual([join(folder, 'lengths.ts'), join(folder, 'atoms.ts')]);
    writeFileSync(join(folder, 'atoms.ts'), 'export const atoms = (text: string) => ({ text, count: 0 });');
    expect(print().key).not.toBe(key);
  });

  it('without the function says so', async () => {
    const { scorer, told } = moduleNamed('no-score.mjs');
    expect(await scorer.score(['C'])).toEqual([null]);
    expect(told[0]).toContain('no-score.mjs does not export a function "score"');
  });

  it('that does not parse says where', async () => {
    const file = join(folder, 'broken.ts');
    writeFileSync(file, 'export function score(: string[]) { return []; }\n');
    const { scorer, told } = scorerOfProgram(
      programOf({ id: 'module', parameters: { file } }),
      { restarts: 0 },
      noMemory,
    );
    expect(await scorer.score(['C'])).toEqual([null]);
    expect(told[0]).toMatch(/ended with code 1: .*broken\.ts.*\(1:/);
  });
});

describe('a command', () => {
  it.each([
    ['python3 score.py --fast', ['python3', 'score.py', '--fast']],
    [`"my program" 'a "b"' x="1 2"  ""`, ['my program', 'a "b"', 'x=1 2', '']],
    [String.raw`C:\tools\score.exe -x`, [String.raw`C:\tools\score.exe`, '-x']],
  ])('%s', (text, words) => expect(splitWords(text)).toEqual(words));

  it.each([
    ['no-such-program-here x', 'The program "no-such-program-here" was not found on the search path'],
    ['./nothing', 'nothing does not exist or is not executable'],
    ['"open', 'The command has a quote that is not closed'],
    ['""', 'The command is empty'],
  ])('%s cannot be started', (command, message) => {
    expect(() => programOf({ id: 'command', parameters: { command, folder } })).toThrow(message);
  });

  it('is another one when its words, its folder or the content of its files change', () => {
    const file = join(folder, 'score.sh');
    const key = (command: string, where = folder) =>
      fingerprint(programOf({ id: 'command', parameters: { command, folder: where } })).key;
    writeFileSync(file, '#!/bin/sh\necho 1\n');
    chmodSync(file, 0o755);
    const [own, asArgument, asOption] = [key('./score.sh'), key('sh score.sh'), key('sh --file=score.sh')];
    expect(key('./score.sh')).toBe(own);
    expect(key('./score.sh -x')).not.toBe(own);
    expect(key(file, root)).not.toBe(own);
    writeFileSync(file, '#!/bin/sh\necho 2\n');
    expect(key('./score.sh')).not.toBe(own);
    expect(key('sh score.sh')).not.toBe(asArgument);
    expect(key('sh --file=score.sh')).not.toBe(asOption);
  });
});
