/**
 * @file Electron's security checklist, tried from inside a page of the real app: what a page that an attacker has got
 * hold of could try, and what the shell's set-up says.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.mjs';
import { DesktopApp, unavailable } from './electron-app.ts';

describe.skipIf(unavailable !== null)('the window in Electron', () => {
  const desktop = new DesktopApp();
  let page: Page;
  /** A server of somebody else, and what reached it. */
  let server: Server;
  let elsewhere: string;
  const reached: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end('reached');
    });
    server.on('upgrade', (request, socket) => (reached.push(`socket ${request.url}`), socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    page = await desktop.open();
    await page.getByRole('heading', { name: 'What should your molecules or DNA be good at?' }).waitFor();
  });

  afterAll(async () => {
    await desktop.close();
    server.close();
  });

  test('is isolated and sandboxed, without Node, spell-checker or weakened web security', async () => {
    const preferences = await desktop.app.evaluate(({ session, webContents }) => {
      type WithPreferences = { getLastWebPreferences(): Record<string, unknown> };
      const all = (webContents.getAllWebContents()[0] as unknown as WithPreferences).getLastWebPreferences();
      const { sandbox, contextIsolation, webSecurity } = all;
      const weaknesses = [
        'nodeIntegration',
        'nodeIntegrationInSubFrames',
        'nodeIntegrationInWorker',
        'allowRunningInsecureContent',
        'experimentalFeatures',
        'webviewTag',
      ].filter((name) => Boolean(all[name]));
      const spellChecker = session.defaultSession.isSpellCheckerEnabled();
      return { sandbox, contextIsolation, webSecurity, weaknesses, spellChecker };
    });
    expect(preferences).toEqual({
      ...{ sandbox: true, contextIsolation: true, webSecurity: true },
      ...{ weaknesses: [], spellChecker: false },
    });
  });

  test('has the bridge with two functions in its page, and nothing of Node or Electron', async () => {
    expect(await page.evaluate(() => Object.keys(window.amalgam ?? {}))).toEqual(['invoke', 'subscribe']);
    const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', 'ipcRenderer'];
    expect(await page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
  });

  test('can neither replace the bridge nor reach the preload script through it', async () => {
    const found = await page.evaluate(() => {
      const { amalgam } = window;
      try {
        Object.assign(window, { amalgam: { invoke: 'mine' } });
      } catch {
        // Refused, as it should be.
      }
      // Written in the page's world, it does not change the world of the preload script.
      Object.assign(Array.prototype, { stolen: true });
      const isOwn = window.amalgam === amalgam;
      delete (Array.prototype as { stolen?: boolean }).stolen;
      return { isOwn, realm: amalgam?.invoke instanceof Function };
    });
    expect(found).toEqual({ isOwn: true, realm: true });
  });

  test('runs no script but the interface’s own', async () => {
    const done = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      const place = document.createElement('div');
      place.innerHTML = '<img src="data:," onerror="window.handlerRan = true">';
      document.body.append(script, place);
      // Later, since the policy does not bind what the debugger itself evaluates.
      setTimeout(() => (0, eval)('window.evalRan = true'));
      setTimeout(() => Function('window.functionRan = true')());
      return new Promise<string[]>((resolve) =>
        setTimeout(() => {
          script.remove();
          place.remove();
          resolve(['inlineRan', 'handlerRan', 'evalRan', 'functionRan'].filter((name) => name in window));
        }, 300),
      );
    });
    expect(done).toEqual([]);
  });

  test('reaches no network', async () => {
    const outcomes = await page.evaluate(async (address) => {
      const settle = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'reached',
          () => 'refused',
        );
      const element = (name: 'img' | 'script' | 'object' | 'link', attributes: object): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const made = Object.assign(document.createElement(name), attributes);
          made.addEventListener('load', resolve);
          made.addEventListener('error', reject);
          document.body.append(made);
          setTimeout(() => (made.remove(), reject(new Error('nothing came'))), 500);
        });
      const socket = new Promise((resolve, reject) => {
        const made = new WebSocket(`${address.replace('http', 'ws')}/socket`);
        made.addEventListener('open', resolve);
        made.addEventListener('error', reject);
      });
      const beacon = navigator.sendBeacon(`${address}/beacon`, 'x') ? Promise.resolve() : Promise.reject(new Error());
      void settle(beacon);
      return Promise.all(
        [
          fetch(`${address}/fetch`),
          element('img', { src: `${address}/image` }),
          element('object', { data: `${address}/object` }),
          element('link', { rel: 'stylesheet', href: `${address}/style` }),
          socket,
          element('script', { type: 'module', src: `${address}/module.js` }),
        ].map(settle),
      );
    }, elsewhere);
    expect(outcomes).toEqual(Array.from({ length: 6 }, () => 'refused'));
    expect(reached).toEqual([]);
  });

  test('goes nowhere else, whatever asks for it', async () => {
    const before = page.url();
    for (const to of [`${elsewhere}/navigation`, 'file:///etc/passwd', 'data:text/html,<p>', 'app://other/index.html'])
      await page.evaluate((address) => location.assign(address), to);
    await page.evaluate((address) => {
      const form = Object.assign(document.createElement('form'), { action: `${address}/form`, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    }, elsewhere);
    // A navigation that was let through would have begun before this is answered.
    await desktop.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(page.url()).toBe(before);
    expect(reached).toEqual([]);
  });

  test('opens no other window, frame or webview', async () => {
    const opened = await page.evaluate((address) => {
      const link = Object.assign(document.createElement('a'), { href: `${address}/link`, target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
      const frame = Object.assign(document.createElement('iframe'), { src: 'app://amalgam/index.html' });
      const view = document.createElement('webview');
      view.setAttribute('src', `${address}/view`);
      document.body.append(frame, view);
      return new Promise<unknown[]>((resolve) =>
        setTimeout(() => {
          const bridge = (frame.contentWindow as Window | null)?.length === 0 && frame.contentDocument !== null;
          resolve([window.open(`${address}/open`), 'loadURL' in view, bridge && 'amalgam' in frame.contentWindow!]);
          frame.remove();
          view.remove();
        }, 300),
      );
    }, elsewhere);
    expect(opened).toEqual([null, false, false]);
    expect(desktop.app.windows()).toHaveLength(1);
    expect(reached).toEqual([]);
  });

  test('gets no permission but to copy', async () => {
    const answers = await page.evaluate(async () => {
      const refused = (work: Promise<unknown>): Promise<boolean> =>
        work.then(
          () => false,
          () => true,
        );
      const position = new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject));
      return {
        notifications: await Notification.requestPermission(),
        position: await refused(position),
        camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
        reading: await refused(navigator.clipboard.readText()),
      };
    });
    expect(answers).toEqual({ notifications: 'denied', position: true, camera: true, reading: true });
  });

  test('serves its own files with the content policy, and no other file', async () => {
    const own = await page.evaluate(async () => {
      const { status, headers } = await fetch('app://amalgam/index.html');
      return { status, policy: headers.get('content-security-policy'), sniff: headers.get('x-content-type-options') };
    });
    expect(own).toMatchObject({ status: 200, sniff: 'nosniff' });
    expect(own.policy).toContain("default-src 'none'");
    const tries = [
      'app://amalgam/../electron/main.cjs',
      'app://amalgam/..%2felectron%2fmain.cjs',
      'app://amalgam/%2e%2e/%2e%2e/package.json',
      'app://amalgam/..%5c..%5cpackage.json',
      'app://amalgam//etc/passwd',
      'app://amalgam/%2fetc%2fpasswd',
      'app://amalgam/index.html%00.png',
      'app://amalgam/%E0%A4%A',
      'app://other/index.html',
      'file:///etc/passwd',
    ];
    const answers = await page.evaluate(
      (all) =>
        Promise.all(
          all.map((address) =>
            fetch(address).then(
              ({ status }) => status,
              () => 'refused',
            ),
          ),
        ),
      tries,
    );
    for (const [i, answer] of answers.entries()) expect([404, 'refused'], tries[i]).toContain(answer);
  });

  test('is heard by the shell, and no other page is', async () => {
    expect(await page.evaluate(() => window.amalgam?.invoke('app.info', {}))).toMatchObject({ ok: true });
    const preload = join(root, 'dist', 'electron', 'preload.cjs');
    const answer = await desktop.app.evaluate(async ({ BrowserWindow, ipcMain }, script) => {
      const webPreferences = { preload: script, sandbox: true, contextIsolation: true };
      const other = new BrowserWindow({ show: false, webPreferences });
      await other.loadURL('app://amalgam/index.html');
      const asked = other.webContents.executeJavaScript("window.amalgam.invoke('app.info', {}).then(() => 'heard')");
      const answer: unknown = await Promise.race([
        asked,
        new Promise((resolve) => setTimeout(resolve, 1000, 'not heard')),
      ]);
      other.destroy();
      return { answer, channels: ipcMain.eventNames().filter((name) => String(name).startsWith('amalgam')) };
    }, preload);
    expect(answer).toEqual({ answer: 'not heard', channels: ['amalgam:request', 'amalgam:opened'] });
  });

  test('refuses calls that are no method of the contract', async () => {
    const calls = [
      ['shell.open', {}],
      ['constructor', {}],
      ['__proto__', {}],
      ['run.start', { designId: '1; DROP TABLE run' }],
      ['shell.settings.change', { notify: 'yes' }],
    ] as const;
    for (const [method, params] of calls)
      expect(
        await page.evaluate(([name, given]) => window.amalgam?.invoke(name, given), [method, params] as const),
        method,
      ).toMatchObject({ ok: false });
  });
});
