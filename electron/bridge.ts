/**
 * @file Takes messages from the window to the relay. Only the interface's own page in
 * the main frame of the app's own window is heard.
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
    else console.warn(`A message was refused: it came from ${event.senderFrame?.url ?? 'a frame that is gone'}.`);
  });
}

function isOurs(event: IpcMainEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || frame === null) return false;
  return event.sender === window.webContents && frame === window.webContents.mainFrame && isOwnPage(frame.url);
}

/** A page that is loaded again starts from nothing. */
export function followPages(relay: Relay, window: BrowserWindow): void {
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) relay.pageGone();
  });
  window.webContents.on('render-process-gone', () => relay.pageGone());
}

export function answerWindow(window: BrowserWindow | null, frame: AnswerFrame): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(toPage, frame);
}
