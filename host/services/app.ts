/** The program itself: version, workspace, devices, what can be asked for. */
import { statSync } from 'node:fs';
import { catalogueOf } from '../catalogue.ts';
import type { HostContext } from '../context.ts';
import type { Service } from '../handlers.ts';
import { version } from '../paths.ts';

export function appService({ db, devices, previews }: HostContext): Service<'app.info' | 'app.devices' | 'app.catalogue' | 'objective.preview'> {
  return {
    'app.info': () => ({ version, workspace: db.path, workspaceBytes: statSync(db.path).size, device: devices.label() }),
    'app.devices': () => devices.list(),
    'app.catalogue': () => catalogueOf(),
    'objective.preview': (request) => previews.preview(request),
  };
}
