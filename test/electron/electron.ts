/** @file What the shell uses of Electron, as far as its tests need: events in, calls noted. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

export const ipcMain = new EventEmitter();
export const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
export const contextBridge = { exposeInMainWorld: vi.fn() };
export const net = { fetch: vi.fn((_: string) => Promise.resolve(new Response('file'))) };
export const protocol = { registerSchemesAsPrivileged: vi.fn() };
const screenArea = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getPrimaryDisplay: () => screenArea, getAllDisplays: () => [screenArea] };
export const app = { quit: vi.fn() };
export const dialog = { showMessageBox: vi.fn(() => Promise.resolve({ response: 0 })) };
export const nativeTheme = { shouldUseDarkColors: false };

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setSpellCheckerEnabled: vi.fn(),
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    protocol: { handle: vi.fn() },
  }),
};

class Contents extends EventEmitter {
  mainFrame = { url: 'app://amalgam/index.html' };
  send = vi.fn();
  setWindowOpenHandler = vi.fn();
  reload = vi.fn();
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
