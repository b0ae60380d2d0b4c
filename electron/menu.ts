/** @file The native menu, with shortcuts for what the interface does. */
import { basename } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  newDesign(): void;
  openDesign(): void;
  newWorkspace(): void;
  openWorkspace(): void;
  openRecent(workspace: string): void;
  exportRun(): void;
  settings(): void;
  find(): void;
  guide(): void;
  notices(): void;
  showLog(): void;
  report(): void;
  about(): void;
}

/** @param recent workspaces, latest first */
export function setMenu(actions: MenuActions, recent: readonly string[]): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      fileMenu(actions, recent),
      editMenu(actions),
      viewMenu(),
      { role: 'windowMenu' },
      helpMenu(actions),
    ]),
  );
}

function fileMenu(actions: MenuActions, recent: readonly string[]): MenuItemConstructorOptions {
  return {
    label: 'File',
    submenu: [
      { label: 'New design', accelerator: 'CmdOrCtrl+N', click: actions.newDesign },
      { label: 'Open design file…', accelerator: 'CmdOrCtrl+O', click: actions.openDesign },
      { label: 'Export…', accelerator: 'CmdOrCtrl+E', click: actions.exportRun },
      { type: 'separator' },
      { label: 'New workspace…', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWorkspace },
      { label: 'Open workspace…', accelerator: 'CmdOrCtrl+Shift+O', click: actions.openWorkspace },
      {
        label: 'Recent workspaces',
        enabled: recent.length > 0,
        submenu: recent.map((file) => ({
          label: basename(file),
          toolTip: file,
          click: () => actions.openRecent(file),
        })),
      },
      { type: 'separator' },
      { label: 'Settings', accelerator: 'CmdOrCtrl+,', click: actions.settings },
      { type: 'separator' },
      { role: process.platform === 'darwin' ? 'close' : 'quit' },
    ],
  };
}

function editMenu({ find }: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      { type: 'separator' },
      { label: 'Find', accelerator: 'CmdOrCtrl+F', click: find },
    ],
  };
}

function viewMenu(): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return {
    label: 'View',
    submenu: [
      { role: 'reload' },
      ...developer,
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
}

function helpMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      { label: 'Guide', accelerator: 'F1', click: actions.guide },
      { label: 'Third-party notices', click: actions.notices },
      { label: 'Show the log', click: actions.showLog },
      { label: 'Diagnostic report…', click: actions.report },
      { type: 'separator' },
      { label: 'About Amalgam', click: actions.about },
    ],
  };
}
