/**
 * @file The address of the interface inside the app. It uses a custom scheme instead of file:,
 * so that the page has an origin that can be checked and cannot read other files.
 */
import { statSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol, type Session } from 'electron';

const scheme = 'app';
const origin = `${scheme}://amalgam`;
export const firstPage = `${origin}/index.html`;

/** A page may load its own files and the images that it makes. It has no network. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Svelte's transitions and Plot's charts set styles of single elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Whether an address is a page of the interface. */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === `${scheme}:` && new URL(address).host === 'amalgam';
}

/** @param folder the built interface */
export function serveInterface(session: Session, folder: string): void {
  session.protocol.handle(scheme, (request) => answer(folder, request.url));
}

async function answer(folder: string, address: string): Promise<Response> {
  const file = fileOf(folder, address);
  if (file === null) return new Response('Page not found.', { status: 404 });
  const response = await net.fetch(pathToFileURL(file).href);
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', contentPolicy);
  headers.set('X-Content-Type-Options', 'nosniff');
  return new Response(response.body, { status: response.status, headers });
}

/** @returns null if the address is not a file of the interface */
export function fileOf(folder: string, address: string): string | null {
  if (!isOwnPage(address)) return null;
  const path = decoded(new URL(address).pathname);
  if (path === null || path.includes('\0')) return null;
  const file = normalize(join(folder, path));
  return file.startsWith(folder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
