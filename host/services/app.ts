/** The program itself: version, workspace, devices, what can be asked for. */
import { statSync } from 'node:fs';
import { listBackups, makeBackup } from '../base/backups.ts';
import { version } from '../base/paths.ts';
import { catalogueOf } from '../design/catalogue.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  | 'app.info'
  | 'app.devices'
  | 'app.testDevices'
  | 'app.chooseDevice'
  | 'app.backUp'
  | 'app.backups'
  | 'app.catalogue'
  | 'objective.preview';

export function appService({ db, devices, previews }: HostContext): Service<Methods> {
  return {
    'app.info': () => ({
      version,
      workspace: db.path,
      workspaceBytes: statSync(db.path).size,
      device: devices.label(),
      deviceChoice: devices.choice,
    }),
    'app.devices': () => devices.list(),
    'app.testDevices': () => devices.retry(),
    'app.chooseDevice': ({ device }) => devices.prefer(device),
    'app.backUp': () => makeBackup(db),
    'app.backups': () => listBackups(db.path),
    'app.catalogue': () => catalogueOf(),
    'objective.preview': (request) => previews.preview(request),
  };
}
