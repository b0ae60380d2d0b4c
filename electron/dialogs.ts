/** @file The shell's questions to the user. */
import { app, type BrowserWindow, dialog } from 'electron';

const filters = [{ name: 'Amalgam workspace', extensions: ['amalgam'] }];

/** @returns the file, or null if the user cancelled */
export async function askForWorkspace(window: BrowserWindow): Promise<string | null> {
  return askForFile(window, 'Open workspace', filters);
}

/** @returns the file, or null if the user cancelled */
export async function askForDesign(window: BrowserWindow): Promise<string | null> {
  return askForFile(window, 'Open design file', [{ name: 'Design file', extensions: ['toml'] }]);
}

async function askForFile(
  window: BrowserWindow,
  title: string,
  kinds: { name: string; extensions: string[] }[],
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile'],
    filters: kinds,
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** @returns a file that the host will make, or null */
export async function askForNewWorkspace(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'New workspace',
    defaultPath: 'workspace.amalgam',
    filters,
  });
  return canceled ? null : filePath;
}

/** @returns a file for the diagnostic report, or null */
export async function askForReport(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Diagnostic report',
    defaultPath: 'amalgam-report.txt',
  });
  return canceled ? null : filePath;
}

export type Remedy = 'retry' | 'other' | 'quit';

/** Tells that the engine did not start. @param output its last lines */
export async function askForRemedy(window: BrowserWindow, output: string): Promise<Remedy> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Amalgam’s engine could not start.',
    detail: output === '' ? 'It ended without a message.' : output,
    buttons: ['Try again', 'Open another workspace…', 'Quit'],
    defaultId: 0,
    cancelId: 2,
  });
  return (['retry', 'other', 'quit'] as const)[response] ?? 'quit';
}

export type Leaving = 'quit' | 'background' | 'stay';

/** Asks what becomes of the runs that train. @param names of their designs */
export async function askAboutRuns(window: BrowserWindow, names: readonly string[]): Promise<Leaving> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: names.length === 1 ? `“${names[0]}” is still running.` : `${names.length} runs are not finished.`,
    detail:
      'A paused run can be resumed later and loses nothing. If it keeps running, the window closes and Amalgam quits when the run ends. Start Amalgam again to see the window.',
    buttons: ['Pause and quit', 'Keep running', 'Stay'],
    defaultId: 0,
    cancelId: 2,
  });
  return (['quit', 'background', 'stay'] as const)[response] ?? 'stay';
}

/** The page failed several times in a row. @returns whether to load it once more */
export async function askAfterFailures(window: BrowserWindow, reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window keeps failing.',
    detail: `The last reason was “${reason}”. The engine is not affected, and runs go on.`,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

export function tellFailure(window: BrowserWindow, message: string, error: unknown): void {
  void dialog.showMessageBox(window, {
    type: 'error',
    message,
    detail: error instanceof Error ? error.message : String(error),
    buttons: ['OK'],
  });
}

/** Tells the versions. @returns whether the user wants to see the notices */
export async function showAbout(window: BrowserWindow): Promise<boolean> {
  const { electron, chrome, node } = process.versions;
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    title: 'About Amalgam',
    message: `Amalgam ${app.getVersion()}`,
    detail: [
      `Electron ${electron}, Chromium ${chrome}, Node ${node}`,
      'Amalgam never looks for updates, because it uses no network. A new version is where you got this one.',
      'MIT licence; two parts are under CC BY-SA 3.0, as the notices say.',
    ].join('\n'),
    buttons: ['Close', 'Third-party notices'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
