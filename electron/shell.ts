/** @file The life of the app: one host, one window, and the messages between them. */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, type BrowserWindow, shell as desktop } from 'electron';
import type { WorkspaceAction } from '../contract/shell.ts';
import { answerWindow, followPages, listenToWindow } from './bridge.ts';
import { askForNewWorkspace, askForRemedy, askForWorkspace } from './dialogs.ts';
import { HostProcess } from './host-process.ts';
import { setMenu } from './menu.ts';
import { serveInterface } from './origin.ts';
import { hostCommand, interfaceFolder, preloadScript } from './places.ts';
import { Relay } from './relay.ts';
import { recall, remember } from './remembered.ts';
import { lockedSession, openWindow } from './window.ts';

export class Shell {
  #window: BrowserWindow | null = null;
  #memory = join(app.getPath('userData'), 'shell.json');
  #logFile = join(app.getPath('logs'), 'host.log');
  #log: WriteStream;
  #host: HostProcess;
  #relay: Relay;
  #workspaceActions: Record<WorkspaceAction, () => void> = {
    open: () => void this.#choose(askForWorkspace),
    new: () => void this.#choose(askForNewWorkspace),
  };

  constructor() {
    mkdirSync(dirname(this.#logFile), { recursive: true });
    this.#log = createWriteStream(this.#logFile);
    this.#host = new HostProcess(hostCommand(recall(this.#memory).workspace), {
      frame: (frame) => this.#relay.fromHost(frame),
      state: (state) => this.#relay.hostChanged(state),
      failed: (output) => void this.#remedy(output),
      line: (line) => void this.#log.write(`${line}\n`),
    });
    this.#relay = new Relay(
      this.#host,
      (frame) => answerWindow(this.#window, frame),
      (action) => this.#workspaceActions[action](),
    );
  }

  start(): void {
    serveInterface(lockedSession(), interfaceFolder());
    listenToWindow(this.#relay, () => this.#window);
    setMenu({
      openWorkspace: this.#workspaceActions.open,
      newWorkspace: this.#workspaceActions.new,
      showLog: () => desktop.showItemInFolder(this.#logFile),
    });
    this.#host.start();
    this.show();
  }

  /** Brings the window to the front, or opens it again. */
  show(): void {
    if (this.#window === null) this.#open();
    else if (this.#window.isMinimized()) this.#window.restore();
    this.#window?.focus();
  }

  stop(): Promise<void> {
    return this.#host.stop();
  }

  #open(): void {
    const window = openWindow(preloadScript());
    this.#window = window;
    followPages(this.#relay, window);
    window.on('closed', () => {
      this.#relay.pageGone();
      this.#window = null;
    });
  }

  async #choose(ask: (window: BrowserWindow) => Promise<string | null>): Promise<boolean> {
    this.show();
    const workspace = this.#window === null ? null : await ask(this.#window);
    if (workspace === null) return false;
    remember(this.#memory, { workspace });
    await this.#host.restart(hostCommand(workspace));
    // The page shows nothing of the other workspace.
    this.#window?.webContents.reload();
    return true;
  }

  async #remedy(output: string): Promise<void> {
    this.show();
    const remedy = this.#window === null ? 'quit' : await askForRemedy(this.#window, output);
    if (remedy === 'quit') return app.quit();
    if (remedy === 'other' && (await this.#choose(askForWorkspace))) return;
    this.#host.retryNow();
  }
}
