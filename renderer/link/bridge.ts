/**
 * @file The contract's transport over the desktop shell's bridge. The shell restarts a lost host, renews subscriptions,
 * and reports the state of the connection.
 */
import { ContractError } from '../../contract/api.ts';
import {
  changeSettingsMethod,
  commandTopic,
  desktopSettings,
  hostState,
  hostTopic,
  retryMethod,
  settingsMethod,
  type ShellBridge,
  shellCommand,
  workspaceMethod,
} from '../../contract/shell.ts';
import type { Desktop, Link, LinkState } from './link.ts';

export class BridgeLink implements Link {
  #bridge: ShellBridge;
  #state: LinkState = { status: 'connecting', retryAt: null };
  #watchers = new Set<(state: LinkState) => void>();

  constructor(bridge: ShellBridge) {
    this.#bridge = bridge;
    bridge.subscribe(hostTopic, {}, (event) => this.#become(hostState.parse(event)));
  }

  get state(): LinkState {
    return this.#state;
  }

  watch(listener: (state: LinkState) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#state);
    return () => this.#watchers.delete(listener);
  }

  retryNow(): void {
    void this.#bridge.invoke(retryMethod, {});
  }

  readonly desktop: Desktop = {
    chooseWorkspace: (action) => void this.#bridge.invoke(workspaceMethod(action), {}),
    onCommand: (listener) =>
      void this.#bridge.subscribe(commandTopic, {}, (event) => listener(shellCommand.parse(event))),
    settings: async () => desktopSettings.parse(await this.invoke(settingsMethod, {})),
    change: async (settings) => desktopSettings.parse(await this.invoke(changeSettingsMethod, settings)),
  };

  async invoke(method: string, params: unknown): Promise<unknown> {
    const outcome = await this.#bridge.invoke(method, params);
    if (outcome.ok) return outcome.value;
    throw new ContractError(outcome.error.code, outcome.error.message, outcome.error.details);
  }

  subscribe(topic: string, params: unknown, listener: (event: unknown) => void): () => void {
    return this.#bridge.subscribe(topic, params, listener);
  }

  #become(state: LinkState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}
