/** @file What the desktop shows of runs outside the window: progress, a badge and notifications; and sleep. */
import { app, type BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { DesktopSettings } from '../contract/shell.ts';
import type { RunSummary } from './run-watch.ts';

export class Signals {
  #blocker: number | null = null;
  #unseen = 0;

  /** @param window null if it is closed */
  running(runs: readonly RunSummary[], window: BrowserWindow | null, { stayAwake }: DesktopSettings): void {
    window?.setProgressBar(runs.length === 0 ? -1 : progressOf(runs));
    this.#preventSleep(runs.length > 0 && stayAwake);
  }

  /** @param show brings the window to the front */
  ended(run: RunSummary, window: BrowserWindow | null, { notify }: DesktopSettings, show: () => void): void {
    if (window?.isFocused() === true || !notify) return;
    app.setBadgeCount(++this.#unseen);
    if (!Notification.isSupported()) return;
    const notification = new Notification(noticeOf(run));
    notification.on('click', show);
    notification.show();
  }

  /** The user looks at the window. */
  seen(): void {
    if (this.#unseen > 0) app.setBadgeCount((this.#unseen = 0));
  }

  #preventSleep(wanted: boolean): void {
    if (wanted && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (wanted || this.#blocker === null) return;
    powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
  }
}

/** Share of the planned rounds of all runs that are done. */
function progressOf(runs: readonly RunSummary[]): number {
  const sum = (of: (run: RunSummary) => number): number => runs.reduce((total, run) => total + of(run), 0);
  return (
    sum(({ round }) => round) /
    Math.max(
      1,
      sum(({ rounds }) => rounds),
    )
  );
}

function noticeOf({ state, design, round, message }: RunSummary): { title: string; body: string } {
  if (state === 'failed') return { title: 'A run failed', body: `${design}: ${message ?? 'no reason was given'}` };
  return { title: 'A run is finished', body: `${design}, ${round} rounds` };
}
