/** The program: its version, its workspace with backups, the devices that it computes on. */
import { statSync } from 'node:fs';
import { listBackups, makeBackup } from '../base/backups.ts';
import { version } from '../base/paths.ts';
import type { HostContext, Service } from './context.ts';

export function appService({ db, devices }: Pick<HostContext, 'db' | 'devices'>): Service<'app'> {
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
  };
}
