import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow as RealWindow, Session } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { contentPolicy, fileOf, isOwnPage, serveInterface } from '../../electron/origin.ts';
import { lockedSession, openWindow, reloadAfterCrash } from '../../electron/window.ts';
import * as electron from './electron.ts';

vi.mock('electron', () => import('./electron.ts'));

let window: electron.BrowserWindow;
beforeEach(() => {
  window = openWindow('/preload.cjs', null) as unknown as electron.BrowserWindow;
});

test('the window is sandboxed, isolated and without Node', () => {
  expect(window.options).toMatchObject({
    webPreferences: {
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  expect(window.loadURL).toHaveBeenCalledWith('app://amalgam/index.html');
});

test('it goes nowhere else and opens nothing', () => {
  const away = { url: 'https://example.org/', isMainFrame: true, preventDefault: vi.fn() };
  window.webContents.emit('will-navigate', away);
  expect(away.preventDefault).toHaveBeenCalledTimes(1);
  const home = { url: 'app://amalgam/index.html', isMainFrame: true, preventDefault: vi.fn() };
  window.webContents.emit('will-navigate', home);
  expect(home.preventDefault).not.toHaveBeenCalled();
  const frame = { url: 'app://amalgam/index.html', isMainFrame: false, preventDefault: vi.fn() };
  window.webContents.emit('will-frame-navigate', frame);
  window.webContents.emit('will-attach-webview', frame);
  expect(frame.preventDefault).toHaveBeenCalledTimes(2);
  expect(window.webContents.setWindowOpenHandler.mock.calls[0]?.[0]()).toEqual({ action: 'deny' });
});

test('a page whose process ended is loaded again, three times; then the user is asked', async () => {
  const gone = vi.fn();
  reloadAfterCrash(window as unknown as RealWindow, gone);
  const crash = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason });
  crash('clean-exit');
  expect(window.webContents.reload).not.toHaveBeenCalled();
  for (let i = 0; i < 3; i++) crash('crashed');
  expect([gone.mock.calls.length, window.webContents.reload.mock.calls.length]).toEqual([4, 3]);
  electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
  crash('oom');
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledTimes(1));
  expect(window.webContents.reload).toHaveBeenCalledTimes(3);
});

test('no permission but to copy text', () => {
  lockedSession();
  const request = electron.session.defaultSession.setPermissionRequestHandler.mock.lastCall?.[0];
  const answers = [
    'clipboard-sanitized-write',
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
  ].map((permission) => {
    const allow = vi.fn();
    request(null, permission, allow);
    return allow.mock.calls[0]?.[0];
  });
  expect(answers).toEqual([true, false, false, false, false, false]);
});

test.each([
  ['app://amalgam/index.html', true],
  ['app://amalgam/', true],
  ['app://other/index.html', false],
  ['https://amalgam/index.html', false],
  ['file:///index.html', false],
  ['about:blank', false],
  ['', false],
])('%s is a page of the interface: %s', (address, own) => {
  expect(isOwnPage(address)).toBe(own);
});

function builtInterface(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'amalgam-window-')), 'renderer');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.html'), '<p>');
  writeFileSync(join(folder, '..', 'secret.txt'), 'no');
  return folder;
}

test('only files of the interface are served', () => {
  const folder = builtInterface();
  expect(fileOf(folder, 'app://amalgam/index.html')).toBe(join(folder, 'index.html'));
  for (const path of [
    '..%2fsecret.txt',
    '../secret.txt',
    '%2e%2e/secret.txt',
    'missing.js',
    '',
    '%E0%A4%A',
    'index.html%00',
    '..%5csecret.txt',
  ]) {
    expect(fileOf(folder, `app://amalgam/${path}`), path).toBeNull();
  }
});

test('they come with the content policy', async () => {
  serveInterface(electron.session.defaultSession as unknown as Session, builtInterface());
  const handler = electron.session.defaultSession.protocol.handle.mock.lastCall?.[1];
  const page = await handler({ url: 'app://amalgam/index.html' });
  expect(page.headers.get('content-security-policy')).toBe(contentPolicy);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await handler({ url: 'app://amalgam/missing.js' })).status).toBe(404);
});

test('the policy lets no script in but the interface itself', () => {
  expect(contentPolicy).toContain("default-src 'none'");
  expect(contentPolicy).toContain("script-src 'self';");
  expect(contentPolicy).not.toMatch(/unsafe-eval|http|\*/);
});
