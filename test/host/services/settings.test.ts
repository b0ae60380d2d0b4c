/** @file The choice of a device and backups, through the host's own services. */
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { DeviceChoice } from '../../../host/compute/devices.ts';
import { rememberDevices } from '../../../host/compute/devices.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { temporaryFolder } from '../../db/temporary-folder.ts';

/** A host that remembers three devices, one of which cannot be used. */
function hostWith(workspace = join(temporaryFolder(), 'lab.amalgam'), device: DeviceChoice = 'auto'): Host {
  const host = createHost({ workspace, device, consents: join(dirname(workspace), 'consents.json') });
  rememberDevices(host.context.db, [
    { id: 'cpu', label: 'CPU, 2 threads', reason: null, error: 1e-6, stepMs: 200 },
    { id: 'webgpu', label: 'GPU', reason: null, error: 2e-6, stepMs: 900 },
    { id: 'cuda', label: 'cuda', reason: 'Failed to load shared library', error: null, stepMs: null },
  ]);
  return host;
}

const chosen = async (host: Host): Promise<string[]> =>
  (await host.call('app.devices', {})).filter((device) => device.chosen).map(({ id }) => id);

it('the fastest device computes until another is chosen; the choice outlives the host', async () => {
  const host = hostWith();
  expect(await chosen(host)).toEqual(['cpu']);
  await host.call('app.chooseDevice', { device: 'webgpu' });
  expect([await chosen(host), await host.context.devices.choose()]).toEqual([['webgpu'], 'webgpu']);
  const { path } = host.context.db;
  await host.close();
  const later = hostWith(path);
  expect(await chosen(later)).toEqual(['webgpu']);
  expect(await later.call('app.info', {})).toMatchObject({
    device: 'GPU',
    deviceChoice: { device: 'webgpu', fixed: false },
  });
  await later.call('app.chooseDevice', { device: 'auto' });
  expect(await chosen(later)).toEqual(['cpu']);
  await later.close();
});

it('an unfinished design outlives the host, until it is finished', async () => {
  const host = hostWith();
  expect(await host.call('draft.get', {})).toBeNull();
  const design = {
    name: '',
    modality: 'molecule' as const,
    prior: 'druglike',
    generate: {},
    run: {},
    objective: [{ id: 'qed', from: 0.2 }],
    constraint: [],
  };
  await host.call('draft.keep', { design });
  const { path } = host.context.db;
  await host.close();
  const later = hostWith(path);
  expect((await later.call('draft.get', {}))?.design).toEqual(design);
  await later.call('draft.keep', { design: null });
  expect(await later.call('draft.get', {})).toBeNull();
  await later.close();
});

it('a device that cannot be used on this computer is not chosen, nor an unknown one, nor any beside --device', async () => {
  const host = hostWith();
  await expect(host.call('app.chooseDevice', { device: 'cuda' })).rejects.toThrow(/cannot be used on this computer/);
  await expect(host.call('app.chooseDevice', { device: 'webgp' })).rejects.toThrow(/Did you mean "webgpu"/);
  expect(await chosen(host)).toEqual(['cpu']);
  await host.close();
  const fixed = hostWith(undefined, 'cpu');
  await expect(fixed.call('app.chooseDevice', { device: 'webgpu' })).rejects.toThrow(/started with --device cpu/);
  await fixed.close();
});

it('backups are listed newest first, of this workspace alone', async () => {
  const host = hostWith();
  expect(await host.call('app.backups', {})).toEqual([]);
  const made = await host.call('app.backUp', {});
  expect(await host.call('app.backups', {})).toEqual([made]);
  expect(made.file).toMatch(/backups[\\/]lab \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.amalgam$/);
  await host.close();
});
