/** @file Batches on the command line: killed and continued, paused by a signal, failing runs, folders in use. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlannedRun } from '../../../host/batch/batch-plan.ts';
import { readBatch } from '../../../host/batch/batch-plan.ts';
import { BatchFolder } from '../../../host/batch/folder.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { amalgam, designFile, type Ended, smallDesign, start, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

/** Programs that train take long where the machine is busy. */
const patience = { timeout: 900_000 };

/** Two rounds of two sequences by each of two experts. */
const tiny = smallDesign
  .replace('steps = 6\nmerge_every = 2', 'steps = 2\nmerge_every = 1')
  .replace('batch = 16', 'batch = 4')
  .replace('measure_samples = 16\nfinal_samples = 16', 'measure_samples = 8\nfinal_samples = 8');
for (const name of ['One', 'Two', 'Three']) designFile(folder, tiny.replace('"Small"', `"${name}"`), `${name}.toml`);

const batch = (out: string, files: readonly string[], ...more: string[]) => [
  ...['batch', ...files.map(at), '--out', at(out), '--device', 'cpu', '--json', ...more],
];

interface Event {
  readonly event: string;
  readonly id: string;
  readonly state: string;
  readonly round: number;
  readonly rounds: number;
}

const eventsOf = (out: string): Event[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Event);

/** Starts a batch and sends the signal at the first event that is as wanted. */
async function endedAt(
  args: readonly string[],
  signal: NodeJS.Signals,
  isTime: (event: Event) => boolean,
): Promise<Ended> {
  const { child, ended } = start(args);
  let [text, sent] = ['', false];
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
    if (sent || !eventsOf(text).some(isTime)) return;
    sent = true;
    child.kill(signal);
  });
  const end = await ended;
  expect(sent).toBe(true);
  return end;
}

/** A table without the column of wall-clock time. */
function table(file: string): string[][] {
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const seconds = rows[0].indexOf('seconds');
  return rows.map((row) => row.filter((_, i) => i !== seconds));
}

describe('a batch of 3 designs with 3 seeds', patience, () => {
  const files = ['One.toml', 'Two.toml', 'Three.toml'];
  const args = (out: string) => batch(out, files, '--seeds', '1-3', '--jobs', '2');

  it('killed twice and continued by the same command ends like one that was never killed', async () => {
    const whole = await amalgam(args('whole'));
    expect(whole).toMatchObject({ code: 0 });
    const first = await endedAt(args('killed'), 'SIGKILL', ({ state }) => state === 'finished');
    expect(first.code).toBeNull();
    // In the middle of a run that has a round behind it.
    const second = await endedAt(args('killed'), 'SIGKILL', ({ state, round }) => state === 'running' && round === 1);
    expect(second.code).toBeNull();
    const status = await amalgam(['batch', 'status', at('killed'), '--json']);
    const states = (JSON.parse(status.out) as { state: string }[]).map(({ state }) => state);
    expect(states).toContain('finished');
    expect(states).toContain('interrupted');
    expect(states).toContain('waiting');
    const third = await amalgam(args('killed'));
    expect(third).toMatchObject({ code: 0 });
    const done = new Set(eventsOf(first.out).flatMap(({ id, state }) => (state === 'finished' ? [id] : [])));
    expect(eventsOf(third.out).filter(({ id }) => done.has(id))).toEqual([]);
    expect(table(at('killed/summary.csv'))).toEqual(table(at('whole/summary.csv')));
    expect(table(at('whole/summary.csv'))).toHaveLength(10);
    expect(readFileSync(at('killed/candidates.csv'), 'utf8')).toBe(readFileSync(at('whole/candidates.csv'), 'utf8'));
  });

  it('names in its table what each run came to', () => {
    const [header, row] = table(at('whole/summary.csv'));
    const value = (name: string) => row[header.indexOf(name)];
    expect(value('design')).toBe('One');
    expect([value('seed'), value('state'), value('error')]).toEqual(['1', 'finished', '']);
    expect(Number(value('scored'))).toBe(2 * 2 * 4 + 3 * 8);
    expect(Number(value('qed score'))).toBeGreaterThan(0);
    expect(value('generator SHA-256')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('merges the candidates of all runs, each structure once with the runs that found it', () => {
    const [header, ...rows] = table(at('whole/candidates.csv'));
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    const keys = column('inchikey');
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toMatch(/^[A-Z]{14}-[A-Z]{10}-[A-Z]$/);
    // Round 0 of one seed samples the same untrained generator in all designs.
    expect(column('found by').some((count) => Number(count) >= 3)).toBe(true);
    expect(column('runs').map((runs) => String(runs.split(' ').length))).toEqual(column('found by'));
    const totals = column('total')
      .filter((total) => total !== '')
      .map(Number);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
  });

  it('is merged as SDF too', async () => {
    const { code, out } = await amalgam(['batch', 'merge', at('whole'), '--format', 'sdf', '--json']);
    expect(code).toBe(0);
    const { candidates, found } = JSON.parse(out) as { candidates: number; found: number };
    expect(found).toBeGreaterThan(candidates);
    const sdf = readFileSync(at('whole/candidates.sdf'), 'utf8');
    expect(sdf.match(/^\$\$\$\$$/gm)).toHaveLength(candidates);
    expect(sdf).toContain('>  <runs>');
  });

  it('does nothing again where all runs are finished', async () => {
    const { code, out } = await amalgam(args('whole'));
    expect(code).toBe(0);
    expect(eventsOf(out)).toMatchObject([{ event: 'end', finished: 9, failed: 0, left: 0 }]);
  });
});

describe('a folder', () => {
  const runs = [1, 2, 3].map((seed) => ({ id: `00000000000${seed}`, seed, variant: { name: 'One', varied: {} } }));
  const claim = (...chosen: number[]) =>
    new BatchFolder(at('claimed')).claim({ runs: chosen.map((i) => runs[i] as PlannedRun) }, () => 10);

  it('is extended by further runs, and refused for another plan or version', () => {
    claim(0, 1);
    claim(0, 1, 2);
    expect(new BatchFolder(at('claimed')).status().map(({ run, state }) => [run.seed, state])).toEqual([
      [1, 'waiting'],
      [2, 'waiting'],
      [3, 'waiting'],
    ]);
    expect(() => claim(0, 2)).toThrow(/holds a batch of another plan: 1 of its 3 runs .* 000000000002 \(One, seed 2\)/);
    const listing = JSON.parse(readFileSync(at('claimed/batch.json'), 'utf8')) as object;
    writeFileSync(at('claimed/batch.json'), JSON.stringify({ ...listing, amalgam: '0.0.1' }));
    expect(() => claim(0, 1, 2)).toThrow(/a batch of Amalgam 0\.0\.1/);
    writeFileSync(at('claimed/batch.json'), '{');
    expect(() => claim(0, 1, 2)).toThrow(/batch\.json is damaged/);
  });
});

describe('a signal', patience, () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGUSR1'] as const)(
    '%s finishes the round, saves and leaves with 143',
    async (signal) => {
      const args = batch(`left-${signal}`, ['One.toml'], '--seeds', '1,2');
      const left = await endedAt(args, signal, ({ state, round }) => state === 'running' && round === 0);
      expect(left.code).toBe(143);
      expect(left.err).toContain('The same command continues.');
      expect(eventsOf(left.out).find(({ state }) => state === 'paused')).toMatchObject({ round: 1, rounds: 2 });
      expect(existsSync(at(`left-${signal}/candidates.csv`))).toBe(false);
    },
  );
});

describe('a run that fails', patience, () => {
  /** A folder where the workspace of the first run has to be. */
  const spoilt = async (out: string): Promise<void> => {
    const { runs } = await readBatch([at('Two.toml')], await loadMoleculeContext(), [1]);
    const [{ id }] = runs;
    mkdirSync(join(at(out), 'runs', id, 'run.amalgam'), { recursive: true });
  };

  it('stops the batch, and with --keep-going does not; both exit with 1', async () => {
    await spoilt('failing');
    const args = batch('failing', ['Two.toml'], '--seeds', '1-2');
    const stopped = await amalgam(args);
    expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('--keep-going') });
    expect(stopped.err).toMatch(/Not merged: [0-9a-f]{12} \(Two, seed 1\): .*a folder or a device/);
    expect(eventsOf(stopped.out)).toMatchObject([
      { state: 'failed', error: expect.stringContaining('a folder or a device') },
      { event: 'end', finished: 0, failed: 1, left: 1 },
    ]);
    const going = await amalgam([...args, '--keep-going']);
    expect(going.code).toBe(1);
    expect(eventsOf(going.out).at(-1)).toMatchObject({ finished: 1, failed: 1, left: 0 });
    expect(table(at('failing/summary.csv'))[1]).toContain('failed');
    const status = await amalgam(['batch', 'status', at('failing')]);
    expect(status.out).toMatch(/a folder or a device.*\n2 runs: 1 finished, 1 failed\./);
  });
});

describe('bad input', patience, () => {
  it('is told before anything runs', async () => {
    expect(await amalgam(['batch', at('One.toml')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out FOLDER'),
    });
    expect(await amalgam(['batch', 'status', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not the folder of a batch'),
    });
    expect(await amalgam(batch('seeds', ['One.toml'], '--seeds', '5-1'))).toMatchObject({ code: 2 });
    expect(await amalgam(batch('One.toml', ['One.toml']))).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a file'),
    });
    expect(existsSync(at('seeds'))).toBe(false);
  });

  it('two batches on one folder', async () => {
    const args = batch('shared', ['Three.toml'], '--seeds', '1-9');
    const { child, ended } = start(args);
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
    expect(await amalgam(args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Another process runs a batch in'),
    });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 143 });
  });

  it('rows of a table that cannot run: the others do, and the end says so', async () => {
    writeFileSync(at('rows.csv'), 'objective.qed.weight\n1\nmany\n');
    writeFileSync(at('rows.toml'), 'designs = ["One.toml"]\n[table]\nfile = "rows.csv"\n');
    const { code, out, err } = await amalgam(batch('rows', ['rows.toml']));
    expect(code).toBe(1);
    expect(eventsOf(out).at(-1)).toMatchObject({ finished: 1, failed: 0, badRows: 1 });
    expect(err).toMatch(/These rows of the table were left out:\n.*rows\.csv, line 3/);
  });
});

describe('DNA', patience, () => {
  it('is merged by its sequence', async () => {
    const dna = join(import.meta.dirname, '../../fixtures/models/tiny-dna.safetensors');
    const source = `name = "DNA"\nmodality = "dna"\nprior = ${JSON.stringify(dna)}\n[run]\nsteps = 2\nmerge_every = 2\nbatch = 8\nmeasure_samples = 8\nfinal_samples = 8\n[[objective]]\nid = "gc"\ntarget = 0.5\ntolerance = 0.1\n`;
    designFile(folder, source, 'dna.toml');
    expect(await amalgam(batch('dna', ['dna.toml'], '--seeds', '1-2'))).toMatchObject({ code: 0 });
    expect(table(at('dna/candidates.csv'))[0].slice(0, 3)).toEqual(['sequence', 'total', 'gc']);
    expect(await amalgam(['batch', 'merge', at('dna'), '--format', 'sdf'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Use --format csv'),
    });
  });
});
