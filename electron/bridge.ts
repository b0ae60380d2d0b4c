/**
 * @file Passes messages from the window to the relay. It accepts only the interface's page in
 * the main frame of the app's window.
 */
import { type BrowserWindow, ipcMain, type IpcMainEvent } from 'electron';
import type { AnswerFrame } from '../contract/wire.ts';
import { pageOpened, toPage, toShell } from './channels.ts';
import { isOwnPage } from './origin.ts';
import type { Relay } from './relay.ts';

/** @param window the app's window, or null while there is none */
export function listenToWindow(relay: Relay, window: () => BrowserWindow | null): void {
  const hear = (channel: string, take: (message: unknown) => void): void => {
    ipcMain.on(channel, (event, message: unknown) => {
      if (isOurs(event, window())) take(message);
      else console.warn(`Refused a message from ${event.senderFrame?.url ?? 'a closed frame'}.`);
    });
  };
  hear(toShell, (message) => relay.fromPage(message));
  // A page that was loaded again starts without requests or subscriptions. It says so itself, on the way that its
  // requests take: so none of them can arrive before.
  hear(pageOpened, () => relay.pageGone());
}

function isOurs(event: IpcMainEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || frame === null) return false;
  return event.sender === window.webContents && frame === window.webContents.mainFrame && isOwnPage(frame.url);
}

export function answerWindow(window: BrowserWindow | null, frame: AnswerFrame): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(toPage, frame);
}
