/** @file Electron's entry point: a single instance, and files that the user opens from the desktop. */
import { app } from 'electron';
import { filesIn } from './opening.ts';
import { declareScheme } from './origin.ts';
import { Shell } from './shell.ts';

function run(): void {
  declareScheme();
  // Together, these two end every child process at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  const files = filesIn(process.argv.slice(1), process.cwd());
  let shell: Shell | null = null;
  const open = (file: string): void => void (shell === null ? files.push(file) : shell.open(file));
  // macOS names a file by this event, also before the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open(file);
  });
  void app.whenReady().then(() => {
    shell = new Shell(files);
    start(shell);
  });
}

function start(shell: Shell): void {
  shell.start();
  app.on('second-instance', (_, words, folder) => {
    shell.show();
    for (const file of filesIn(words.slice(1), folder)) void shell.open(file);
  });
  app.on('activate', () => shell.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !shell.isInBackground) app.quit();
  });
  app.on('before-quit', (event) => {
    if (shell.isStopped) return;
    event.preventDefault();
    void shell.leave();
  });
}

if (app.requestSingleInstanceLock()) run();
else app.quit();
