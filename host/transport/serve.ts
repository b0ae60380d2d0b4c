/**
 * The browser harness: the interface's files over loopback HTTP, and the
 * contract over a WebSocket at /ws for who knows the random token. The Host and
 * Origin headers are checked, since another site's page could otherwise reach a
 * loopback server by a rebound DNS name.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { ContractError, type Transport } from '../../contract/api.ts';
import { isSame, Refusals } from './access.ts';
import { Connection } from './connection.ts';

export interface ServeOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly token: string;
  /** Folder of the built interface. */
  readonly folder: string;
}

export interface Served {
  /** Where the interface is, token included. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const LARGEST_MESSAGE = 16 * 2 ** 20;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** Nothing from elsewhere; styles inline because drawings and charts set them. */
function securityHeaders(port: number): Record<string, string> {
  const sockets = `ws://${LOOPBACK}:${port} ws://localhost:${port}`;
  return {
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ${sockets}; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/** @throws ContractError if the interface is not built or the port is taken */
export async function serve(host: Transport, { port: wanted, token, folder }: ServeOptions): Promise<Served> {
  if (!existsSync(join(folder, 'index.html')))
    throw new ContractError(
      'failed',
      `The interface is not built: ${join(folder, 'index.html')} is missing. In a checkout, run "npm run build -- renderer".`,
    );
  const server = createServer();
  const port = await listen(server, wanted);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const headers = securityHeaders(port);
  const refusals = new Refusals();
  server.on('request', (request, response) =>
    isOurs(request, port) ? answer(request, response, folder, headers) : refuse(response, 403),
  );
  server.on('upgrade', (request, socket, head) => {
    if (!isOurs(request, port) || !isAllowed(request, port, token))
      return refusals.add(
        () => socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n'),
        () => socket.destroy(),
      );
    sockets.handleUpgrade(request, socket, head, (client) => connect(host, client));
  });
  return { address: `http://${LOOPBACK}:${port}/?token=${token}`, port, token, close: () => shut(server, sockets) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new ContractError(
              'conflict',
              `Port ${port} is in use. Choose another with --port, or omit --port for a free one.`,
            )
          : error,
      ),
    );
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

const hostsOf = (port: number) => [`${LOOPBACK}:${port}`, `localhost:${port}`];

function isOurs({ headers }: IncomingMessage, port: number): boolean {
  return hostsOf(port).includes(headers.host ?? '');
}

/** A browser says where its page is from; a program without a page says nothing. */
function isAllowed(request: IncomingMessage, port: number, token: string): boolean {
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
  const { origin } = request.headers;
  const fromUs = origin === undefined || hostsOf(port).some((host) => origin === `http://${host}`);
  return pathname === '/ws' && fromUs && isSame(searchParams.get('token') ?? '', token);
}

function answer(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  folder: string,
  headers: Record<string, string>,
): void {
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405);
  const file = fileOf(url ?? '/', folder);
  if (file === null) return refuse(response, 404);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Cache-Control': 'no-cache' });
  if (method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

/** The file that a path names; null if there is none inside the folder. */
function fileOf(url: string, folder: string): string | null {
  const path = decoded(new URL(url, `http://${LOOPBACK}`).pathname);
  if (path === null || path.includes('\0')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  const inside = file.startsWith(normalize(folder) + sep);
  return inside && existsSync(file) && statSync(file).isFile() ? file : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}

function connect(host: Transport, client: WebSocket): void {
  const connection = new Connection(host, (frame) => {
    if (client.readyState === client.OPEN) client.send(JSON.stringify(frame));
  });
  client.on('message', (data) => connection.receive(parsed(String(data))));
  client.on('close', () => connection.close());
  // A broken socket closes next; that is all there is to do about it.
  client.on('error', () => client.terminate());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function shut(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
