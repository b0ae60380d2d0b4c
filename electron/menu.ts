/** @file The native menu: standard roles, and the choice of the workspace. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openWorkspace(): void;
  newWorkspace(): void;
  showLog(): void;
}

export function setMenu(actions: MenuActions): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      fileMenu(actions),
      { role: 'editMenu' },
      viewMenu(),
      { role: 'windowMenu' },
      helpMenu(actions),
    ]),
  );
}

function fileMenu({ openWorkspace, newWorkspace }: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'File',
    submenu: [
      { label: 'New workspace…', click: newWorkspace },
      { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: openWorkspace },
      { type: 'separator' },
      { role: process.platform === 'darwin' ? 'close' : 'quit' },
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

function helpMenu({ showLog }: MenuActions): MenuItemConstructorOptions {
  return { role: 'help', submenu: [{ label: 'Show the log', click: showLog }] };
}
