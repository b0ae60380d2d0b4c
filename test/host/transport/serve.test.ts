/** @file The loopback server: files, headers, token, Host and Origin, frames good and bad. */
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createHost, type Host } from '../../../host/host.ts';
import { keepAccess, readAccess, Refusals } from '../../../host/transport/access.ts';
import { serve, type Served } from '../../../host/transport/serve.ts';
import { temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
let host: Host;
let served: Served;

beforeAll(async () => {
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Amalgam</title>');
  writeFileSync(join(pages, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  host = createHost({ workspace: join(folder, 'serve.amalgam'), device: 'cpu' });
  served = await serve(host, { port: 0, token: readAccess(null).token, folder: pages });
});
afterAll(async () => {
  await served.close();
  await host.close();
});

function status(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) =>
    get({ host: '127.0.0.1', port: served.port, path, headers }, (response) =>
      resolve(response.resume().statusCode),
    ).on('error', reject),
  );
}

/** Opens a socket; resolves with it, or with the status of the refusal. */
function connect(query: string, origin?: string): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/ws${query}`, origin === undefined ? {} : { origin });
  return new Promise((resolve) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

describe('files', () => {
  it('are served with a strict policy', async () => {
    const page = await fetch(served.address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(new URL('/assets/a.js', served.address))).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
  });

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/nothing.html', '/assets', '/%00', '/%'])(
    'are not found at %s',
    async (path) => {
      expect(await status(path)).toBe(404);
    },
  );

  it('are refused to a page whose name was rebound', async () => {
    expect(await status('/', { host: 'evil.example' })).toBe(403);
  });
});

describe('the socket', () => {
  it('needs the token and a page of our own', async () => {
    const own = `http://127.0.0.1:${served.port}`;
    expect(await connect('', own)).toBe(403);
    expect(await connect('?token=wrong', own)).toBe(403);
    expect(await connect(`?token=${served.token}`, 'http://evil.example')).toBe(403);
    const socket = await connect(`?token=${served.token}`, own);
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).close();
  });

  it('answers frames, and refuses what is none', async () => {
    const socket = (await connect(`?token=${served.token}`)) as WebSocket;
    const next = () =>
      new Promise<unknown>((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
    const ask = (frame: unknown) => {
      const answer = next();
      socket.send(JSON.stringify(frame));
      return answer;
    };
    expect(await ask({ kind: 'invoke', id: 1, method: 'run.list', params: {} })).toEqual({
      kind: 'result',
      id: 1,
      ok: true,
      value: [],
    });
    expect(await ask({ kind: 'invoke', id: 2, method: 'nothing', params: {} })).toMatchObject({
      id: 2,
      ok: false,
      error: { code: 'unknown-method' },
    });
    expect(await ask({ kind: 'shout', id: 3 })).toMatchObject({ id: 3, ok: false, error: { code: 'bad-message' } });
    expect(await ask({ kind: 'subscribe', id: 4, topic: 'nothing', params: {} })).toMatchObject({
      id: 4,
      ok: false,
      error: { code: 'unknown-method' },
    });
    socket.send('not JSON');
    expect(await ask({ kind: 'invoke', id: 5, method: 'run.list', params: {} })).toMatchObject({ id: 5, ok: true });
    socket.close();
  });
});

describe('who may reach it', () => {
  it('stays the same with a token file, which nobody else can read', () => {
    const file = join(folder, 'token.json');
    const first = readAccess(file);
    expect(first.port).toBe(0);
    keepAccess(file, { ...first, port: 4123 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readAccess(file)).toEqual({ token: first.token, port: 4123 });
    expect(readAccess(null).token).not.toBe(first.token);
  });

  it('refuses a token file that others can read, or that is none', () => {
    const file = join(folder, 'open.json');
    keepAccess(file, readAccess(null));
    chmodSync(file, 0o644);
    expect(() => readAccess(file)).toThrow(`Others can read ${file}. Make it private`);
    writeFileSync(file, '{"token":"short","port":0}');
    chmodSync(file, 0o600);
    expect(() => readAccess(file)).toThrow(`${file} is no token file of Amalgam.`);
  });

  it('answers wrong tokens one after another and drops what is too much', async () => {
    const own = `http://127.0.0.1:${served.port}`;
    const started = performance.now();
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((token) => connect(`?token=${token}`, own)))).toEqual([
      403, 403, 403, 403,
    ]);
    expect(performance.now() - started).toBeGreaterThan(950);
    const refusals = new Refusals();
    let dropped = 0;
    for (let i = 0; i < 103; i++)
      refusals.add(
        () => undefined,
        () => dropped++,
      );
    expect(dropped).toBe(3);
  });
});

it('says when a port is taken and when the interface is not built', async () => {
  await expect(
    serve(host, { port: served.port, token: served.token, folder: join(folder, 'pages') }),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(serve(host, { port: 0, token: served.token, folder })).rejects.toThrow('The interface is not built');
});
