/**
 * @file The only window, without anything that the interface does not need: it is sandboxed,
 * cannot navigate or open windows, and has no permission except copying text.
 */
import { BrowserWindow, nativeTheme, type Session, session, type WebContents } from 'electron';
import { firstPage, isOwnPage } from './origin.ts';

const permitted = new Set(['clipboard-sanitized-write']);

export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 880,
    minWidth: 880,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  stayInside(window.webContents);
  // Shown once its first frame is drawn, so that it never flashes.
  window.once('ready-to-show', () => window.show());
  void window.loadURL(firstPage);
  return window;
}

function stayInside(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The session of the window: its permissions and downloads. */
export function lockedSession(): Session {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_, permission, allow) => allow(permitted.has(permission)));
  own.setPermissionCheckHandler((_, permission) => permitted.has(permission));
  own.on('will-download', (_, item) => {
    // The interface hands over an export as a file; the user chooses where to save it.
    item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() });
  });
  return own;
}
