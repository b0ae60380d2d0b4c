/** The devices of this machine as the host knows them: tried once, then remembered. */
import { availableParallelism } from 'node:os';
import type { DeviceInfo } from '../../contract/api.ts';
import type { WritableWorkspace } from '../../db/index.ts';
import { type ChoosableDevice, deviceNames, type DeviceReport } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import {
  chosenDevice,
  type DeviceChoice,
  parseDevice,
  probeDevice,
  probeDevices,
  rememberChoice,
  rememberDevices,
  rememberedChoice,
  rememberedDevices,
} from './devices.ts';

export class Devices {
  readonly #db: WritableWorkspace;
  /** From the command line. If it is "auto", the user's choice counts. */
  readonly #given: DeviceChoice;
  #trying: Promise<DeviceReport[]> | null = null;
  /** Devices that were tried one at a time. */
  readonly #tried = new Map<ChoosableDevice, Promise<DeviceReport>>();
  readonly #closing = new AbortController();

  constructor(db: WritableWorkspace, choice: DeviceChoice) {
    this.#db = db;
    this.#given = choice;
  }

  get choice(): { readonly device: DeviceChoice; readonly fixed: boolean } {
    return this.#given === 'auto'
      ? { device: rememberedChoice(this.#db), fixed: false }
      : { device: this.#given, fixed: true };
  }

  /** @throws InputError if the command line fixed the device, or if it cannot be used here */
  async prefer(name: string): Promise<DeviceInfo[]> {
    if (this.#given !== 'auto')
      throw new InputError(
        `Amalgam was started with --device ${this.#given}. Start it without this option to choose a device here.`,
      );
    const device = parseDevice(name);
    chosenDevice(device, await this.#all());
    rememberChoice(this.#db, device);
    return this.list();
  }

  /** Tests every device again. */
  async retry(): Promise<DeviceInfo[]> {
    this.#tried.clear();
    this.#trying ??= this.#tryAll();
    await this.#trying;
    return this.list();
  }

  /** The device to compute on. @throws InputError if the chosen one cannot be used */
  async choose(): Promise<ChoosableDevice> {
    const { device } = this.choice;
    return chosenDevice(device, device === 'auto' ? await this.#all() : [await this.#one(device)]);
  }

  /** Tries the devices in the background, so that the first run does not wait. */
  warmUp(): void {
    // Whoever asks for the device gets the error.
    void this.choose().catch(() => undefined);
  }

  async list(): Promise<DeviceInfo[]> {
    const reports = await this.#all();
    const { device } = this.choice;
    const chosen = (report: DeviceReport) =>
      device === 'auto' ? report.reason === null && chosenDevice('auto', reports) === report.id : report.id === device;
    return reports.map((report) => deviceInfo(report, chosen(report)));
  }

  /** In words, as far as it is known. */
  label(): string {
    const known = rememberedDevices(this.#db);
    const { device } = this.choice;
    if (known === null) return device === 'auto' ? 'Chosen when the first run starts' : deviceNames[device];
    const report =
      known.find(({ id }) => id === device) ??
      known.filter(({ reason }) => reason === null).sort((a, b) => a.stepMs! - b.stepMs!)[0];
    return report?.label ?? device;
  }

  /** Cancels the trial in progress; resolves when its processes have ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#trying, ...this.#tried.values()]);
  }

  async #one(id: ChoosableDevice): Promise<DeviceReport> {
    const known = rememberedDevices(this.#db)?.find((report) => report.id === id) ?? this.#tried.get(id);
    if (known !== undefined) return known;
    const report = probeDevice(id, availableParallelism(), this.#closing.signal);
    this.#tried.set(id, report);
    return report;
  }

  async #all(): Promise<DeviceReport[]> {
    const known = rememberedDevices(this.#db);
    if (known !== null) return known;
    this.#trying ??= this.#tryAll();
    return this.#trying;
  }

  async #tryAll(): Promise<DeviceReport[]> {
    try {
      const reports = await probeDevices(availableParallelism(), this.#closing.signal);
      rememberDevices(this.#db, reports);
      return reports;
    } finally {
      this.#trying = null;
    }
  }
}

/** The meanings of the most common errors of the libraries. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/No supported adapters/, 'no GPU with Vulkan, Metal or Direct3D 12 found'],
  [/Failed to load shared library/, 'its library is not installed'],
  [/No TensorFlow binding is installed/, 'neither @tensorflow/tfjs-node nor @tensorflow/tfjs-node-gpu is installed'],
];

function plainReason(reason: string): string {
  return REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}

export function deviceInfo({ id, label, reason, error, stepMs }: DeviceReport, chosen: boolean): DeviceInfo {
  return {
    id,
    label,
    available: reason === null,
    chosen,
    reason: reason && plainReason(reason),
    selfTest: error === null ? null : `largest relative error against PyTorch ${error.toExponential(1)}`,
    trainingStepMs: stepMs,
  };
}
