/** @file The devices and backups that the settings view reads and changes. */
import type { BackupInfo, DeviceInfo } from '../../../contract/api.ts';
import type { Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

export class HostSettings {
  #client: Client;
  readonly devices: Resource<DeviceInfo[]>;
  readonly backups: Resource<BackupInfo[]>;
  #busy: 'devices' | 'backup' | null = $state(null);

  constructor(client: Client, devices: Resource<DeviceInfo[]>) {
    this.#client = client;
    this.devices = devices;
    this.backups = new Resource(() => client.invoke('app.backups', {}));
  }

  /** What is under way at the moment. */
  get busy(): 'devices' | 'backup' | null {
    return this.#busy;
  }

  async refresh(): Promise<void> {
    await Promise.all([this.devices.refresh(), this.backups.refresh()]);
  }

  /** @param device an id, or "auto" */
  async choose(device: string): Promise<void> {
    this.devices.set(await this.#client.invoke('app.chooseDevice', { device }));
  }

  async testDevices(): Promise<void> {
    await this.#during('devices', async () => this.devices.set(await this.#client.invoke('app.testDevices', {})));
  }

  async backUp(): Promise<BackupInfo> {
    return this.#during('backup', async () => {
      const made = await this.#client.invoke('app.backUp', {});
      await this.backups.refresh();
      return made;
    });
  }

  async #during<T>(what: 'devices' | 'backup', work: () => Promise<T>): Promise<T> {
    this.#busy = what;
    try {
      return await work();
    } finally {
      this.#busy = null;
    }
  }
}
