/** @file What the shell uses of Electron, as far as its tests need: events in, calls noted. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

export const ipcMain = new EventEmitter();
export const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
export const contextBridge = { exposeInMainWorld: vi.fn() };
export const net = { fetch: vi.fn((_: string) => Promise.resolve(new Response('file'))) };
export const protocol = { registerSchemesAsPrivileged: vi.fn() };
export const nativeTheme = { shouldUseDarkColors: false };

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    protocol: { handle: vi.fn() },
  }),
};

class Contents extends EventEmitter {
  mainFrame = { url: 'app://amalgam/index.html' };
  send = vi.fn();
  setWindowOpenHandler = vi.fn();
}

export class BrowserWindow extends EventEmitter {
  options: unknown;
  webContents = new Contents();
  loadURL = vi.fn(() => Promise.resolve());
  show = vi.fn();
  isDestroyed = (): boolean => false;
  constructor(options: unknown) {
    super();
    this.options = options;
  }
}
