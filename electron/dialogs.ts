/** @file The shell's questions to the user. */
import { type BrowserWindow, dialog } from 'electron';

const filters = [{ name: 'Amalgam workspace', extensions: ['amalgam'] }];

/** @returns the file, or null if the user cancelled */
export async function askForWorkspace(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open workspace',
    properties: ['openFile'],
    filters,
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
