/**
 * @file The app in a real Electron, with a fresh data folder and workspace. Native dialogs, notifications and the like
 * are answered and noted by stubs, since nobody looks at the display.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as electron from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectron, hasDisplay } from '../../scripts/lib/electron.mjs';
import { root } from '../../scripts/lib/root.mjs';

const binary = findElectron();

/** Why the app cannot be opened here; null if it can. */
export const unavailable =
  binary === null ? "Electron's binary is not here" : hasDisplay() ? null : 'there is no display';
if (unavailable !== null) console.log(`The tests in Electron are skipped: ${unavailable}.`);

/** What the stubs noted, in Electron's main process. */
interface Noted {
  /** Texts of message boxes. */
  questions: string[];
  notices: { title: string; body: string }[];
  progress: number[];
  /** Whether sleep is prevented, at each change. */
  awake: boolean[];
  /** File names that save dialogs suggest. */
  saves: string[];
}

/** What the stubs answer. */
interface Answers {
  /** Button of a message box. */
  button: number;
  openFile: string | null;
  saveFile: string | null;
  focused: boolean;
}

type Stubbed = typeof globalThis & { noted: Noted; answers: Answers };

export class DesktopApp {
  readonly folder = mkdtempSync(join(tmpdir(), 'amalgam-electron-'));
  readonly workspace = join(this.folder, 'lab.amalgam');
  #app: ElectronApplication | undefined;

  get app(): ElectronApplication {
    if (this.#app === undefined) throw new Error('The app is not open.');
    return this.#app;
  }

  /** @param words files to open, or switches @returns the page of the window */
  async open(words: readonly string[] = []): Promise<Page> {
    this.#app = await _electron.launch({ executablePath: binary ?? '', args: this.#args(words), env: this.#env() });
    const page = await this.app.firstWindow();
    page.setDefaultTimeout(60_000);
    await this.app.evaluate(stub);
    return page;
  }

  /** Starts the program once more, as a double click on a file does. Resolves when that process has ended. */
  async startAgain(words: readonly string[] = []): Promise<number | null> {
    const child = spawn(binary ?? '', this.#args(words), { env: this.#env(), stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  }

  /** A page of a window that opens meanwhile. */
  async nextPage(action: () => Promise<unknown>): Promise<Page> {
    const [page] = await Promise.all([this.app.waitForEvent('window'), action()]);
    page.setDefaultTimeout(60_000);
    return page;
  }

  noted(): Promise<Noted> {
    return this.app.evaluate(() => (globalThis as Stubbed).noted);
  }

  answer(answers: Partial<Answers>): Promise<void> {
    return this.app.evaluate((_, given) => void Object.assign((globalThis as Stubbed).answers, given), answers);
  }

  /** Chooses an item of the native menu by its labels. */
  menu(...labels: string[]): Promise<void> {
    return this.app.evaluate(({ Menu }, path) => {
      let items = Menu.getApplicationMenu()?.items ?? [];
      for (const label of path.slice(0, -1)) items = items.find((item) => item.label === label)?.submenu?.items ?? [];
      const item = items.find(({ label }) => label === path.at(-1));
      if (item === undefined) throw new Error(`There is no menu item ${path.join(' > ')}.`);
      item.click();
    }, labels);
  }

  /** Presses a key as the window system does, so that the menu hears what the page leaves. */
  press(keyCode: string, modifiers: ('control' | 'shift')[]): Promise<void> {
    return this.app.evaluate(
      ({ webContents }, [key, held]) => {
        const [contents] = webContents.getAllWebContents();
        for (const type of ['keyDown', 'keyUp'] as const)
          contents.sendInputEvent({ type, keyCode: key, modifiers: [...held] });
      },
      [keyCode, modifiers] as const,
    );
  }

  /** Ends the host without notice. */
  killHost(): Promise<boolean> {
    return this.app.evaluate(() => {
      const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles();
      const isHost = (one: unknown): one is { kill(signal: string): boolean } =>
        typeof one === 'object' && one !== null && 'spawnargs' in one && String(one.spawnargs).includes('--ipc');
      return handles.find(isHost)?.kill('SIGKILL') ?? false;
    });
  }

  /** Resolves when the app has ended by itself. */
  async ended(action: () => Promise<unknown>): Promise<void> {
    const { app } = this;
    await Promise.all([app.waitForEvent('close', { timeout: 60_000 }), action()]);
    this.#app = undefined;
  }

  /** Quits; a run is paused. */
  quit(): Promise<void> {
    // The answer is lost with the process.
    return this.ended(() => this.app.evaluate(({ app }) => app.quit()).catch(() => undefined));
  }

  async close(): Promise<void> {
    if (this.#app !== undefined) {
      await this.answer({ button: 0 });
      await this.quit();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #args(words: readonly string[]): string[] {
    // Chromium's own sandbox does not run as root, as in a container.
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return [...flags, root, `--user-data-dir=${join(this.folder, 'data')}`, ...words];
  }

  #env(): Record<string, string> {
    const own = { AMALGAM_NODE: process.execPath, AMALGAM_WORKSPACE: this.workspace };
    return { ...(process.env as Record<string, string>), ...own };
  }
}

type Electron = typeof electron;

/** Runs in Electron's main process. */
function stub({ app, dialog, Notification, powerSaveBlocker, session, BrowserWindow }: Electron): void {
  const noted: Noted = { questions: [], notices: [], progress: [], awake: [], saves: [] };
  const answers: Answers = { button: 0, openFile: null, saveFile: null, focused: false };
  Object.assign(globalThis, { noted, answers });
  const asMessage = (...args: unknown[]): string => (args.at(-1) as { message: string; detail?: string }).message;
  Object.assign(dialog, {
    showMessageBox: (...args: unknown[]) => {
      noted.questions.push(asMessage(...args));
      return Promise.resolve({ response: answers.button, checkboxChecked: false });
    },
    showOpenDialog: () =>
      Promise.resolve({
        canceled: answers.openFile === null,
        filePaths: answers.openFile === null ? [] : [answers.openFile],
      }),
    showSaveDialog: () => Promise.resolve({ canceled: answers.saveFile === null, filePath: answers.saveFile ?? '' }),
  });
  Object.assign(Notification, { isSupported: () => true });
  // Its own methods are native and different for each object, but it is an emitter like any other.
  const { on } = Notification.prototype;
  Notification.prototype.on = function (this: electron.Notification, ...listener: Parameters<typeof on>) {
    noted.notices.push({ title: this.title, body: this.body });
    return on.apply(this, listener);
  } as typeof on;
  const { start, stop } = powerSaveBlocker;
  Object.assign(powerSaveBlocker, {
    start: (kind: Parameters<typeof start>[0]) => (noted.awake.push(true), start.call(powerSaveBlocker, kind)),
    stop: (id: number) => (noted.awake.push(false), stop.call(powerSaveBlocker, id)),
  });
  session.defaultSession.on('will-download', (_, item) => {
    noted.saves.push(item.getSaveDialogOptions().defaultPath ?? '');
    if (answers.saveFile !== null) item.setSavePath(answers.saveFile);
  });
  const watch = (window: electron.BrowserWindow): void =>
    void Object.assign(window, {
      setProgressBar: (share: number) => void noted.progress.push(share),
      isFocused: () => answers.focused,
    });
  BrowserWindow.getAllWindows().forEach(watch);
  app.on('browser-window-created', (_, window) => watch(window));
}
