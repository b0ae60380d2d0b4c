/**
 * @file Passes messages from the window to the relay. It accepts only the interface's page in
 * the main frame of the app's window.
 */
import { type BrowserWindow, ipcMain, type IpcMainEvent } from 'electron';
import type { AnswerFrame } from '../contract/wire.ts';
import { toPage, toShell } from './channels.ts';
import { isOwnPage } from './origin.ts';
import type { Relay } from './relay.ts';

/** @param window the app's window, or null while there is none */
export function listenToWindow(relay: Relay, window: () => BrowserWindow | null): void {
  ipcMain.on(toShell, (event, message: unknown) => {
    if (isOurs(event, window())) relay.fromPage(message);
    else console.warn(`Refused a message from ${event.senderFrame?.url ?? 'a closed frame'}.`);
  });
}

function isOurs(event: IpcMainEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || frame === null) return false;
  return event.sender === window.webContents && frame === window.webContents.mainFrame && isOwnPage(frame.url);
}

/** A reloaded page starts without requests or subscriptions. */
export function followPages(relay: Relay, window: BrowserWindow): void {
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) relay.pageGone();
  });
  window.webContents.on('render-process-gone', () => relay.pageGone());
}

export function answerWindow(window: BrowserWindow | null, frame: AnswerFrame): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(toPage, frame);
}
