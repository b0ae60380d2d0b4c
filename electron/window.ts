/**
 * @file The only window, without anything that the interface does not need: it is sandboxed,
 * cannot navigate or open windows, and has no permission except copying text.
 */
import { app, BrowserWindow, nativeTheme, screen, type Session, session, type WebContents } from 'electron';
import { askAfterFailures } from './dialogs.ts';
import { firstPage, isOwnPage } from './origin.ts';
import { type Place, placeOn } from './place.ts';

const permitted = new Set(['clipboard-sanitized-write']);
/** A page that fails more often within a minute fails at its start. */
const reloadsPerMinute = 3;

/** @param last where the window was when it was closed */
export function openWindow(preload: string, last: Place | null): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOn(workAreas(), last),
    minWidth: 880,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // It knows no chemistry.
      spellcheck: false,
    },
  });
  stayInside(window.webContents);
  // Shown once its first frame is drawn, so that it never flashes.
  window.once('ready-to-show', () => (last?.maximized === true ? window.maximize() : window.show()));
  void window.loadURL(firstPage);
  return window;
}

function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

export function placeOf(window: BrowserWindow): Place {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Loads a page again whose process ended. @param gone called first */
export function reloadAfterCrash(window: BrowserWindow, gone: () => void): void {
  let times: readonly number[] = [];
  window.webContents.on('render-process-gone', (_, { reason }) => {
    gone();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    times = [...times.filter((time) => Date.now() - time < 60_000), Date.now()];
    if (times.length <= reloadsPerMinute) return window.webContents.reload();
    void askAfterFailures(window, reason).then((again) => (again ? window.webContents.reload() : app.quit()));
  });
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
  // Chromium would download its dictionaries.
  own.setSpellCheckerEnabled(false);
  own.setPermissionRequestHandler((_, permission, allow) => allow(permitted.has(permission)));
  own.setPermissionCheckHandler((_, permission) => permitted.has(permission));
  own.on('will-download', (_, item) => {
    // The interface hands over an export as a file; the user chooses where to save it.
    item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() });
  });
  return own;
}
