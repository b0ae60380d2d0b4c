/**
 * @file No program of a design runs without the user's consent to that very program. Consent can be refused, given,
 * kept, revoked and asked for again. The answers of a program stay in the workspace.
 */
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  consentNeeded,
  methodSchemas,
  type ProgramInfo,
  type RunSummary,
  topicSchemas,
} from '../../../contract/api.ts';
import { dumpForComparison } from '../../../db/index.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { amalgam, designFile, root, smallDesign, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const log = at('program.log');
const consents = at('data/amalgam/consents.json');
/** The user's data folder, on each platform by its own variable. */
const env = { XDG_DATA_HOME: at('data'), APPDATA: at('data'), HOME: folder, PROGRAM_LOG: log };
process.env.PROGRAM_LOG = log;

/** Several programs or runs in one test, on a machine that has more to do. */
const longest = 240_000;

const asked = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);

beforeEach(() => {
  copyFileSync(join(root, 'test/fixtures/programs/program.mjs'), at('program.mjs'));
  rmSync(log, { force: true });
});

function design(mode = 'good'): string {
  return smallDesign
    .replace('steps = 6', 'steps = 4')
    .replace(
      /\[\[objective\]\]\nid = "similarity"[^]*$/,
      `[[objective]]\nid = "command"\ncommand = '"${process.execPath}" program.mjs ${mode}'\ntimeout = 30\nto = 40\n`,
    );
}

describe('on the command line', { timeout: longest }, () => {
  const score = (...more: string[]) =>
    amalgam(
      ['score', '-', '--design', designFile(folder, design(), 'own.toml'), ...more],
      'CCO\nOCC\nC1CC\nCCCC\n',
      env,
    );
  /** Of the program that the design names, as the refusal says it. */
  let key: string;

  beforeEach(async () => {
    rmSync(consents, { force: true });
    key ??= /--allow-command ([0-9a-f]{12})$/m.exec((await score()).err)![1];
  });

  it('a design is refused with exit 2, all that would run, and the way to allow it', async () => {
    const { code, out, err } = await score();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`starts    ${process.execPath} program.mjs good`);
    expect(err).toContain(`file      ${at('program.mjs')} (SHA-256 `);
    expect(err).toContain(`--allow-command ${key}`);
    expect(asked()).toEqual([]);
    const run = await amalgam(
      ['design', at('own.toml'), '--workspace', at('none.amalgam'), '--device', 'cpu'],
      '',
      env,
    );
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining(key) });
    expect(asked()).toEqual([]);
  });

  it('another key allows nothing; the right one does, and is remembered for the user alone', async () => {
    expect(await score('--allow-command', '0123456789ab')).toMatchObject({ code: 2 });
    const { code, out } = await score('--allow-command', key);
    expect(code).toBe(0);
    expect(out.split('\r\n').map((row) => row.split(',').slice(3).join())).toEqual([
      expect.stringContaining('timeout=30'),
      '3,',
      '3,',
      ',not a valid molecule: unclosed ring',
      '4,',
      '',
    ]);
    // Canonical forms, each once.
    expect(asked()).toEqual(['start', 'CCO', 'CCCC']);
    if (process.platform !== 'win32') expect(statSync(consents).mode & 0o777).toBe(0o600);
    expect(await score()).toMatchObject({ code: 0 });
  });

  it('asks the program only for what the workspace does not know', async () => {
    const memory = ['--workspace', at('memory.amalgam')];
    expect(await score(...memory, '--allow-command', key)).toMatchObject({ code: 0 });
    const first = asked();
    const again = await score(...memory);
    expect(again.code).toBe(0);
    expect(again.out).toContain('CCO,,0.40680796565539457,3,');
    expect(asked()).toEqual(first);
  });

  it('a changed script needs a new consent, and a revoked consent is gone', async () => {
    expect(await score('--allow-command', key)).toMatchObject({ code: 0 });
    expect((await amalgam(['consents'], '', env)).out).toContain(`key       ${key}`);
    writeFileSync(at('program.mjs'), `${readFileSync(at('program.mjs'), 'utf8')}\n// changed\n`);
    const changed = await score();
    expect(changed).toMatchObject({ code: 2, err: expect.stringContaining('that you have not allowed') });
    expect(changed.err).not.toContain(key);
    expect(await amalgam(['consents', 'revoke', key], '', env)).toMatchObject({ code: 0 });
    expect(await amalgam(['consents', 'revoke', key], '', env)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`No external scorer with the key ${key} is allowed`),
    });
    expect((await amalgam(['consents', '--json'], '', env)).out.trim()).toBe('[]');
  });

  it('a command on the command line is said by the user himself', async () => {
    const own = ['--objective', `command:command="${process.execPath}" "${at('program.mjs')}" good`];
    writeFileSync(at('dna.fa'), '>a\nACGT\n');
    const { code, out } = await amalgam(['score', at('dna.fa'), ...own], '', env);
    expect(code).toBe(0);
    expect(out).toMatch(/\r\nACGT,a,4,\r\n$/);
  });

  it('a damaged list of consents is an error and allows nothing', async () => {
    writeFileSync(consents, '{"consents": [{}');
    expect(await score('--allow-command', key)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(`Cannot read ${consents}, the list of allowed external scorers`),
    });
    rmSync(consents);
  });
});

describe('through the contract', { timeout: longest }, () => {
  let host: Host;

  beforeAll(() => {
    host = createHost({ workspace: at('host.amalgam'), device: 'cpu', consents });
  });
  beforeEach(async () => {
    for (const { key } of await host.call('consent.list', {})) await host.call('consent.revoke', { key });
  });
  afterAll(() => host.close());

  async function stored(mode: string, run?: string): Promise<number> {
    const whole = run === undefined ? design(mode) : design(mode).replace(/\[run\][^[]*/, `[run]\n${run}\n\n`);
    const toml = whole.replace(' program.mjs', ` ${JSON.stringify(at('program.mjs')).slice(1, -1)}`);
    const { design: checked, problems } = await host.call('design.check', { toml });
    expect(problems).toEqual([]);
    return (await host.call('design.create', { design: checked! })).designId;
  }

  async function refusal(action: Promise<unknown>): Promise<ProgramInfo> {
    const error = await action.then(
      () => null,
      (one: { code: string; details: unknown }) => one,
    );
    expect(error?.code).toBe('consent-needed');
    return consentNeeded.parse(error!.details).programs[0];
  }

  /** Stores a design and allows its program. @param run settings in place of the design's @returns the design's id */
  async function allowed(mode: string, run?: string): Promise<number> {
    const designId = await stored(mode, run);
    const { key } = await refusal(host.call('run.start', { designId, seed: 1 }));
    await host.call('consent.allow', { key });
    return designId;
  }

  function ended(runId: number): Promise<{ summary: RunSummary; said: (string | null)[] }> {
    const said: (string | null)[] = [];
    return new Promise((resolve) => {
      const end = host.subscribe('run', { runId }, (event) => {
        const one = topicSchemas.run.event.parse(event);
        if (one.type !== 'state') return;
        said.push(one.summary.message);
        if (one.summary.state === 'running') return;
        end();
        resolve({ summary: one.summary, said });
      });
    });
  }

  /** Starts a run, kills its compute process after the first round and resumes it. @returns the run's id */
  async function killedAndResumed(designId: number, seed: number): Promise<number> {
    const { id } = await host.call('run.start', { designId, seed });
    await new Promise<void>((resolve) => {
      const end = host.subscribe('run', { runId: id }, (event) => {
        if (topicSchemas.run.event.parse(event).type !== 'round') return;
        end();
        resolve();
      });
    });
    const killed = ended(id);
    if (host.context.runs.computePid !== undefined) process.kill(host.context.runs.computePid, 'SIGKILL');
    if ((await killed).summary.state === 'failed') {
      const resumed = ended(id);
      await host.call('run.resume', { runId: id });
      await resumed;
    }
    return id;
  }

  it('checking and storing a design runs nothing, and starting it needs consent', async () => {
    const before = await host.call('run.list', {});
    const designId = await stored('good');
    const program = await refusal(host.call('run.start', { designId, seed: 1 }));
    expect(program).toMatchObject({
      kind: 'command',
      executable: expect.stringContaining('node'),
      args: [at('program.mjs'), 'good'],
    });
    expect(program.files.map(({ path }) => path)).toContain(at('program.mjs'));
    expect(await host.call('run.list', {})).toEqual(before);
    await expect(host.call('consent.allow', { key: '0'.repeat(64) })).rejects.toMatchObject({ code: 'not-found' });
    expect(asked()).toEqual([]);
    await host.call('consent.allow', { key: program.key });
    expect(methodSchemas['consent.list'].result.parse(await host.call('consent.list', {}))).toMatchObject([
      { key: program.key },
    ]);
  });

  it('a run scores by it, a repeated one asks for nothing again, and ends the same', async () => {
    const designId = await allowed('good');
    const first = await host.call('run.start', { designId, seed: 1 });
    expect((await ended(first.id)).summary).toMatchObject({ state: 'finished', message: null });
    const sequences = asked().filter((line) => line !== 'start');
    expect(sequences.length).toBeGreaterThan(20);
    expect(new Set(sequences).size).toBe(sequences.length);
    const { candidates } = await host.call('run.top', { runId: first.id, limit: 50 });
    expect(candidates.length).toBeGreaterThan(20);
    for (const { sequence, raw } of candidates) expect(raw[1]).toBe(sequence.length);
    rmSync(log);
    const second = await host.call('run.start', { designId, seed: 1 });
    await ended(second.id);
    expect(asked()).toEqual([]);
    expect(dumpForComparison(host.context.db, second.id)).toEqual(dumpForComparison(host.context.db, first.id));
  });

  it('a run killed in the middle and resumed ends like one that never was', async () => {
    const designId = await allowed('good');
    const id = await killedAndResumed(designId, 2);
    const whole = await host.call('run.start', { designId, seed: 2 });
    await ended(whole.id);
    expect(dumpForComparison(host.context.db, id)).toEqual(dumpForComparison(host.context.db, whole.id));
  });

  it('a run with a budget asks for no more than it allows, each sequence once, even if it is killed', async () => {
    const designId = await allowed('good', 'budget = 120\nbatch = 4');
    rmSync(log, { force: true });
    const id = await killedAndResumed(designId, 4);
    const sequences = asked().filter((line) => line !== 'start');
    expect(sequences.length).toBeGreaterThan(60);
    expect(sequences.length).toBeLessThanOrEqual(120);
    expect(new Set(sequences).size).toBe(sequences.length);
    const whole = await host.call('run.start', { designId, seed: 4 });
    await ended(whole.id);
    expect(dumpForComparison(host.context.db, id)).toEqual(dumpForComparison(host.context.db, whole.id));
  });

  it('a program that keeps dying leaves scores missing; a run that cannot learn without them ends, says why and keeps what it has', async () => {
    const dying = await allowed('dies');
    const { id } = await host.call('run.start', { designId: dying, seed: 1 });
    const { summary, said } = await ended(id);
    expect(summary.state).toBe('failed');
    expect(summary.message).toMatch(/^None of the \d+ valid sequences of step \d+ has a score to learn from/);
    expect(said.join('\n')).toContain('From now on its scores are missing.');
    expect(summary.message).toContain('ended with code 4: Traceback: no such thing');
    const { candidates } = await host.call('run.top', { runId: id, by: 0, limit: 5 });
    expect(candidates.map(({ raw }) => raw[1])).toEqual([null, null, null, null, null]);
  });

  it('neither resumes nor steers once the consent is revoked', async () => {
    const designId = await allowed('good');
    const { id } = await host.call('run.start', { designId, seed: 1 });
    await ended(id);
    rmSync(log, { force: true });
    for (const { key } of await host.call('consent.list', {})) await host.call('consent.revoke', { key });
    await refusal(host.call('run.start', { designId, seed: 3 }));
    await refusal(host.call('steering.sample', { runId: id, weights: [1, 1], n: 4 }));
    expect(asked()).toEqual([]);
  });
});
