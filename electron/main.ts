/** @file Electron's entry point: a single instance, and a shutdown that lets the host finish its writes. */
import { app } from 'electron';
import { declareScheme } from './origin.ts';
import { Shell } from './shell.ts';

function run(): void {
  declareScheme();
  // Together, these two end every child process at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  void app.whenReady().then(() => {
    const shell = new Shell();
    shell.start();
    app.on('second-instance', () => shell.show());
    app.on('activate', () => shell.show());
    endWithHost(shell);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

function endWithHost(shell: Shell): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void shell.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}

if (app.requestSingleInstanceLock()) run();
else app.quit();
