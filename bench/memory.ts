/**
 * Memory and lag of a long run that is watched. A real host trains a design in short rounds while a real browser shows
 * the Run view. The heaps of host and page after a collection, and the resident memory of the host and of its compute
 * process, are recorded against the rounds. A straight line through all but the first fifth gives the growth. Its
 * interval comes from means over two and a half minutes, since neighbouring samples are correlated. The lag of a round
 * is the time from the scoring of its last sequence in the compute process until two frames after the page shows its
 * number.
 * Usage: npm run bench -- memory [MINUTES, default 15] [DESIGN.toml] [BROWSER]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import WebSocket from 'ws';
import { createHost } from '../host/host.ts';
import { findBrowser } from '../scripts/lib/browser.mjs';

const minutes = Number(process.argv[2] ?? 15);
const design = process.argv[3] ?? 'bench/memory.toml';
const executablePath = process.argv[4] ?? findBrowser();
if (executablePath === null) throw new Error('No Chromium was found. Install it, or name one in CHROMIUM_PATH.');
const SAMPLE_MS = 15_000;
/** Samples per mean. The interval of a slope is twice the standard error that these means give. */
const BLOCK = 10;
const TEN_MINUTES = 600_000 / SAMPLE_MS;
/** Share of the samples that is ignored while caches fill. */
const WARM_UP = 0.2;

interface Sample {
  readonly seconds: number;
  readonly round: number;
  /** Megabytes by kind of memory. */
  readonly megabytes: Readonly<Record<string, number>>;
}

/** A V8 heap that can be measured: a page's through its session, a Node process's through its inspector. */
interface Inspected {
  send(method: string, params?: object): Promise<unknown>;
  /** A Node process waits for this before it ends. */
  detach(): Promise<void>;
}

/** The inspector of a process started with --inspect, at the address it prints. */
async function inspect(address: string): Promise<Inspected> {
  const socket = new WebSocket(address);
  await new Promise((done) => socket.once('open', done));
  const answers = new Map<number, (result: unknown) => void>();
  socket.on('message', (text) => {
    const { id, result } = JSON.parse(String(text)) as { id?: number; result: unknown };
    if (id !== undefined) answers.get(id)?.(result);
  });
  let last = 0;
  return {
    send(method, params = {}) {
      const id = ++last;
      return new Promise((done) => {
        answers.set(id, done);
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    detach: async () => socket.terminate(),
  };
}

/** Megabytes in use after a collection. */
async function heapOf(inspected: Inspected): Promise<number> {
  await inspected.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await inspected.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1e6;
}

/** Megabytes, on Linux; NaN if the process is gone. */
function residentOf(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000;
  } catch {
    return NaN;
  }
}

/** The compute process that trains: the host's child with the most memory. */
function computeOf(host: number): number | undefined {
  const children = readFileSync(`/proc/${host}/task/${host}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
  return children.sort((a, b) => residentOf(b) - residentOf(a))[0];
}

type Point = readonly [x: number, y: number];

function centre(points: readonly Point[]): Point {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  return [mean(0), mean(1)];
}

/** Least squares. @returns growth of y per unit of x, with its standard error */
function slope(points: readonly Point[]): { readonly value: number; readonly error: number } {
  const [mx, my] = centre(points);
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const value = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - my - value * (x - mx)) ** 2, 0);
  return { value, error: Math.sqrt(rest / Math.max(1, points.length - 2) / spread) };
}

/** Means of consecutive groups of points. */
function blocks(points: readonly Point[], size: number): Point[] {
  const count = Math.floor(points.length / size);
  return Array.from({ length: count }, (_, i) => centre(points.slice(i * size, (i + 1) * size)));
}

/** Stores the design, as the form does. @returns its id */
async function store(workspace: string): Promise<number> {
  const host = createHost({ workspace, device: 'cpu' });
  try {
    const { design: read, problems } = await host.call('design.check', { toml: readFileSync(design, 'utf8') });
    if (read === undefined || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    return (await host.call('design.create', { design: read })).designId;
  } finally {
    await host.close();
  }
}

interface Served {
  readonly process: ChildProcess;
  readonly address: string;
  readonly inspected: Inspected;
}

async function serve(workspace: string, log: string): Promise<Served> {
  const child = spawn(
    process.execPath,
    [
      '--inspect=127.0.0.1:0',
      resolve('bin/amalgam.mjs'),
      'serve',
      '--workspace',
      workspace,
      '--device',
      'cpu',
      '--json',
      '--log',
      log,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = (stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> =>
    new Promise((done) => {
      let all = '';
      stream.on('data', (text) => {
        all += String(text);
        const found = pattern.exec(all);
        if (found) done(found[1]);
      });
    });
  const [inspector, address] = await Promise.all([
    said(child.stderr, /(ws:\/\/\S+)/),
    said(child.stdout, /"address":"([^"]+)"/),
  ]);
  return { process: child, address, inspected: await inspect(inspector) };
}

/** Runs in the page: records when each round is shown. */
function watchRounds(): void {
  const shown: Record<number, number> = ((globalThis as unknown as { shown: Record<number, number> }).shown = {});
  new MutationObserver(() => {
    const round = Number(/round (\d+) of/.exec(document.querySelector('.badge')?.textContent ?? '')?.[1] ?? NaN);
    if (Number.isNaN(round) || round in shown) return;
    shown[round] = Date.now();
    requestAnimationFrame(() => requestAnimationFrame(() => (shown[round] = Date.now())));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const roundShown = async (page: Page): Promise<number> =>
  Number(/round (\d+) of/.exec((await page.locator('.badge').first().textContent()) ?? '')?.[1] ?? 0);

async function follow(page: Page, { process: host, inspected }: Served, session: CDPSession): Promise<Sample[]> {
  const start = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - start < minutes * 60_000) {
    await wait(SAMPLE_MS);
    const megabytes = {
      'host, resident': residentOf(host.pid),
      'host, heap': await heapOf(inspected),
      'compute process, resident': residentOf(computeOf(host.pid!)),
      'page, heap': await heapOf(session as Inspected),
    };
    const sample = { seconds: (performance.now() - start) / 1000, round: await roundShown(page), megabytes };
    samples.push(sample);
    console.log(
      `${Math.round(sample.seconds)} s, round ${sample.round}: ${Object.entries(megabytes)
        .map(([name, value]) => `${name} ${value.toFixed(1)} MB`)
        .join('; ')}`,
    );
  }
  return samples;
}

/** A line through two means has no residual, so its error is unknown. */
function growth(hours: readonly Point[]): string {
  if (hours.length < 3) return 'too short for growth an hour';
  const { value, error } = slope(hours);
  return `${value.toFixed(1)} ± ${(2 * error).toFixed(1)} MB an hour`;
}

function reportMemory(samples: readonly Sample[]): void {
  const counted = samples.slice(Math.floor(samples.length * WARM_UP));
  const rounds = counted.at(-1)!.round - counted[0].round;
  for (const name of Object.keys(counted[0].megabytes)) {
    const values = counted.map(({ megabytes }) => megabytes[name]);
    const hours = blocks(
      counted.map(({ seconds, megabytes }) => [seconds / 3600, megabytes[name]]),
      BLOCK,
    );
    const perRound = slope(counted.map(({ round, megabytes }) => [round, megabytes[name] * 1000]));
    console.log(
      `${name}: ${values[0].toFixed(1)} to ${values.at(-1)!.toFixed(1)} MB over ${rounds} rounds, ${growth(hours)}, ${perRound.value.toFixed(1)} kB a round`,
    );
    console.log(
      `  means of ten minutes: ${blocks(
        samples.map(({ seconds, megabytes }) => [seconds, megabytes[name]]),
        TEN_MINUTES,
      )
        .map(([, y]) => y.toFixed(1))
        .join(', ')}`,
    );
  }
}

/** @param log the host's log, which says when a round was stored and how long after its end */
function reportLag(log: string, shown: Readonly<Record<string, number>>): void {
  const lines = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; time: number; round: number; ms: number });
  const rounds = lines.filter(({ msg, round }) => msg === 'round committed' && round > 0 && round in shown);
  const lags = rounds.map(({ time, ms, round }) => shown[round] - (time - ms));
  const at = (values: readonly number[], share: number): number =>
    Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]);
  console.log(
    `Lag of ${lags.length} rounds: median ${at(lags, 0.5)} ms, 95th percentile ${at(lags, 0.95)} ms, longest ${at(lags, 1)} ms; the last hundred: median ${at(lags.slice(-100), 0.5)} ms. It is stored after ${at(
      rounds.map(({ ms }) => ms),
      0.5,
    )} ms in the median`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-bench-'));
  const [workspace, log] = [join(folder, 'long.amalgam'), join(folder, 'host.log')];
  const designId = await store(workspace);
  const served = await serve(workspace, log);
  const browser = await chromium.launch({
    executablePath: executablePath ?? undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(1_800_000);
    await page.goto(served.address);
    await page.goto(new URL(`#/new?from=${designId}`, served.address).href);
    await page.getByText('Ready to run.').waitFor();
    await page.evaluate(watchRounds);
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page
      .getByText(/round 2 of/)
      .first()
      .waitFor();
    const samples = await follow(page, served, await page.context().newCDPSession(page));
    const shown = await page.evaluate(() => (globalThis as unknown as { shown: Record<number, number> }).shown);
    console.log(
      `\n${minutes} minutes, ${samples.at(-1)!.round} rounds, a load of ${loadavg()[0].toFixed(0)} at the end`,
    );
    reportMemory(samples);
    reportLag(log, shown);
  } finally {
    await browser.close();
    await served.inspected.detach();
    served.process.kill();
    await new Promise((done) => served.process.once('exit', done));
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
