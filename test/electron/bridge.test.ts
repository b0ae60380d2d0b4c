import type { BrowserWindow as RealWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { answerWindow, listenToWindow } from '../../electron/bridge.ts';
import { pageOpened, toPage, toShell } from '../../electron/channels.ts';
import type { Relay } from '../../electron/relay.ts';
import * as electron from './electron.ts';

vi.mock('electron', () => import('./electron.ts'));

const message = { kind: 'invoke', id: 1, method: 'run.list', params: {} };
let window: electron.BrowserWindow;
let relay: { fromPage: ReturnType<typeof vi.fn>; pageGone: ReturnType<typeof vi.fn> };
let warnings: ReturnType<typeof vi.spyOn>;

const asWindow = (fake: electron.BrowserWindow): RealWindow => fake as unknown as RealWindow;
const asRelay = (): Relay => relay as unknown as Relay;

beforeEach(() => {
  electron.ipcMain.removeAllListeners();
  window = new electron.BrowserWindow({});
  relay = { fromPage: vi.fn(), pageGone: vi.fn() };
  warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  listenToWindow(asRelay(), () => asWindow(window));
});

test("a message of the window's own page is heard", () => {
  electron.ipcMain.emit(toShell, { sender: window.webContents, senderFrame: window.webContents.mainFrame }, message);
  expect(relay.fromPage).toHaveBeenCalledExactlyOnceWith(message);
});

test('a message from anywhere else is refused', () => {
  const other = new electron.BrowserWindow({}).webContents;
  const { webContents } = window;
  electron.ipcMain.emit(toShell, { sender: other, senderFrame: other.mainFrame }, message);
  electron.ipcMain.emit(toShell, { sender: webContents, senderFrame: { url: webContents.mainFrame.url } }, message);
  electron.ipcMain.emit(toShell, { sender: webContents, senderFrame: null }, message);
  webContents.mainFrame.url = 'https://example.org/index.html';
  electron.ipcMain.emit(toShell, { sender: webContents, senderFrame: webContents.mainFrame }, message);
  expect(relay.fromPage).not.toHaveBeenCalled();
  expect(warnings).toHaveBeenCalledTimes(4);
});

test('a message is refused while there is no window', () => {
  electron.ipcMain.removeAllListeners();
  listenToWindow(asRelay(), () => null);
  electron.ipcMain.emit(toShell, { sender: window.webContents, senderFrame: window.webContents.mainFrame }, message);
  expect(relay.fromPage).not.toHaveBeenCalled();
});

test('answers go to the page, and to no window that is closed', () => {
  const frame = { kind: 'event' as const, id: 1, event: 'x' };
  answerWindow(asWindow(window), frame);
  answerWindow(null, frame);
  window.isDestroyed = () => true;
  answerWindow(asWindow(window), frame);
  expect(window.webContents.send).toHaveBeenCalledExactlyOnceWith(toPage, frame);
});

test('a page that opens ends the subscriptions of the one before; another frame does not', () => {
  const other = new electron.BrowserWindow({}).webContents;
  electron.ipcMain.emit(pageOpened, { sender: other, senderFrame: other.mainFrame });
  expect(relay.pageGone).not.toHaveBeenCalled();
  electron.ipcMain.emit(pageOpened, { sender: window.webContents, senderFrame: window.webContents.mainFrame });
  expect(relay.pageGone).toHaveBeenCalledTimes(1);
});
