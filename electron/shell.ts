/** @file The life of the app: one host, one window, and the messages between them. */
import { execFile } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, type WriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, type BrowserWindow, shell as desktop } from 'electron';
import type { DesktopSettings, WorkspaceAction } from '../contract/shell.ts';
import { answerWindow, listenToWindow } from './bridge.ts';
import * as dialogs from './dialogs.ts';
import { HostProcess } from './host-process.ts';
import { type MenuActions, setMenu } from './menu.ts';
import { designFile, isWorkspace, requireFile } from './opening.ts';
import { serveInterface } from './origin.ts';
import { hostCommand, interfaceFolder, preloadScript, reportCommand } from './places.ts';
import { Relay } from './relay.ts';
import { Memory } from './remembered.ts';
import { RunWatch } from './run-watch.ts';
import { Signals } from './signals.ts';
import { lockedSession, openWindow, placeOf, reloadAfterCrash } from './window.ts';

export class Shell {
  #window: BrowserWindow | null = null;
  #memory = new Memory(join(app.getPath('userData'), 'shell.json'));
  #logFile = join(app.getPath('logs'), 'host.log');
  #log: WriteStream;
  #host: HostProcess;
  #relay: Relay;
  #watch: RunWatch;
  #signals = new Signals();
  #files: readonly string[];
  #isAsking = false;
  #isInBackground = false;
  #isStopped = false;

  /** @param files that the user opens with this start */
  constructor(files: readonly string[]) {
    const workspace = files.find((file) => isWorkspace(file) && existsSync(file));
    this.#files = files.filter((file) => file !== workspace);
    if (workspace !== undefined) this.#memory.chooseWorkspace(workspace);
    mkdirSync(dirname(this.#logFile), { recursive: true });
    this.#log = createWriteStream(this.#logFile);
    this.#host = new HostProcess(hostCommand(this.#memory.value.workspace), {
      frame: (frame) => void (this.#watch.fromHost(frame) || this.#relay.fromHost(frame)),
      state: (state) => {
        this.#relay.hostChanged(state);
        this.#watch.hostChanged(state);
      },
      failed: (output) => void this.#remedy(output),
      line: (line) => void this.#log.write(`${line}\n`),
    });
    this.#relay = new Relay(this.#host, (frame) => answerWindow(this.#window, frame), this.#desk());
    this.#watch = new RunWatch((frame) => void this.#host.send(frame), {
      changed: () => this.#showRuns(),
      ended: (run) => this.#signals.ended(run, this.#window, this.#memory.value.settings, () => this.show()),
    });
  }

  start(): void {
    serveInterface(lockedSession(), interfaceFolder());
    listenToWindow(this.#relay, () => this.#window);
    this.#setMenu();
    this.#host.start();
    this.show();
    for (const file of this.#files) void this.open(file);
  }

  /** Whether the app stays without a window until its runs end. */
  get isInBackground(): boolean {
    return this.#isInBackground;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Brings the window to the front, or opens it again. */
  show(): void {
    this.#isInBackground = false;
    if (this.#window === null) this.#open();
    else if (this.#window.isMinimized()) this.#window.restore();
    this.#window?.focus();
  }

  /** Opens a workspace or adds a design. */
  async open(file: string): Promise<void> {
    this.show();
    try {
      requireFile(file);
      if (isWorkspace(file)) await this.#switchTo(file);
      else this.#relay.command(designFile(file));
    } catch (error) {
      if (this.#window !== null) dialogs.tellFailure(this.#window, 'The file can’t be opened.', error);
    }
  }

  /** Quits, after a question if a run would be paused. */
  async leave(): Promise<void> {
    if (this.#isAsking) return;
    const choice = await this.#askAboutRuns();
    if (choice === 'stay') return;
    this.#keepPlace();
    if (choice === 'quit') return this.#stop();
    this.#isInBackground = true;
    this.#window?.destroy();
  }

  async #askAboutRuns(): Promise<dialogs.Leaving> {
    const names = this.#watch.running.map(({ design }) => design);
    if (names.length === 0 || this.#window === null) return 'quit';
    this.#isAsking = true;
    return dialogs.askAboutRuns(this.#window, names).finally(() => (this.#isAsking = false));
  }

  async #stop(): Promise<void> {
    await this.#host.stop();
    this.#isStopped = true;
    app.quit();
  }

  #desk() {
    const memory = this.#memory;
    return {
      choose: (action: WorkspaceAction): void => void this.#choose(action),
      get settings(): DesktopSettings {
        return memory.value.settings;
      },
      change: (settings: Partial<DesktopSettings>): void => {
        memory.change({ settings: { ...memory.value.settings, ...settings } });
        this.#showRuns();
      },
    };
  }

  #showRuns(): void {
    const { running } = this.#watch;
    this.#signals.running(running, this.#window, this.#memory.value.settings);
    if (this.#isInBackground && running.length === 0) app.quit();
  }

  #setMenu(): void {
    const ask = (command: 'new-design' | 'find' | 'export' | 'settings' | 'guide' | 'notices') => (): void => {
      this.show();
      this.#relay.command({ command });
    };
    const actions: MenuActions = {
      newDesign: ask('new-design'),
      exportRun: ask('export'),
      settings: ask('settings'),
      find: ask('find'),
      guide: ask('guide'),
      notices: ask('notices'),
      openDesign: () => void this.#chooseDesign(),
      newWorkspace: () => void this.#choose('new'),
      openWorkspace: () => void this.#choose('open'),
      openRecent: (file) => void this.open(file),
      showLog: () => desktop.showItemInFolder(this.#logFile),
      report: () => void this.#report(),
      about: () => void this.#about(ask('notices')),
    };
    setMenu(actions, this.#memory.value.recent);
  }

  /** Does not end with the host, which may be what the report is about. */
  async #report(): Promise<void> {
    this.show();
    const file = this.#window === null ? null : await dialogs.askForReport(this.#window);
    if (file === null) return;
    const { node, args } = reportCommand(file, this.#logFile);
    const { workspace } = this.#memory.value;
    const env = workspace === null ? process.env : { ...process.env, AMALGAM_WORKSPACE: workspace };
    execFile(node, args, { env }, (error) => {
      if (error === null) desktop.showItemInFolder(file);
      else if (this.#window !== null) dialogs.tellFailure(this.#window, 'The report can’t be written.', error);
    });
  }

  async #about(showNotices: () => void): Promise<void> {
    this.show();
    if (this.#window !== null && (await dialogs.showAbout(this.#window))) showNotices();
  }

  #open(): void {
    const window = openWindow(preloadScript(), this.#memory.value.place);
    this.#window = window;
    reloadAfterCrash(window, () => this.#relay.pageGone());
    window.on('focus', () => this.#signals.seen());
    window.on('close', (event) => {
      // Elsewhere than on macOS, an app ends with its window.
      if (process.platform === 'darwin' || this.#isStopped) return this.#keepPlace();
      event.preventDefault();
      void this.leave();
    });
    window.on('closed', () => {
      this.#relay.pageGone();
      this.#window = null;
    });
    this.#showRuns();
  }

  #keepPlace(): void {
    if (this.#window !== null) this.#memory.change({ place: placeOf(this.#window) });
  }

  async #chooseDesign(): Promise<void> {
    this.show();
    const file = this.#window === null ? null : await dialogs.askForDesign(this.#window);
    if (file !== null) await this.open(file);
  }

  async #choose(action: WorkspaceAction): Promise<boolean> {
    this.show();
    const ask = action === 'open' ? dialogs.askForWorkspace : dialogs.askForNewWorkspace;
    const workspace = this.#window === null ? null : await ask(this.#window);
    if (workspace === null) return false;
    await this.#switchTo(workspace);
    return true;
  }

  async #switchTo(workspace: string): Promise<void> {
    this.#memory.chooseWorkspace(workspace);
    app.addRecentDocument(workspace);
    this.#setMenu();
    const restarted = this.#host.restart(hostCommand(workspace));
    this.#watch.forget();
    await restarted;
    // The page shows nothing of the other workspace.
    this.#window?.webContents.reload();
  }

  async #remedy(output: string): Promise<void> {
    this.show();
    const remedy = this.#window === null ? 'quit' : await dialogs.askForRemedy(this.#window, output);
    if (remedy === 'quit') return app.quit();
    if (remedy === 'other' && (await this.#choose('open'))) return;
    this.#host.retryNow();
  }
}
