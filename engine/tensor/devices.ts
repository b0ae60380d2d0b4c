/**
 * Lists the devices that this machine might have and chooses one: each is tried, checked and timed, and the fastest
 * correct one wins.
 */
import type { Device, DeviceId } from './device.ts';
import { ortDevice } from './ort.ts';
import { tensorflowDevice } from './tensorflow.ts';

export interface DeviceRequest {
  readonly threads: number;
  /** Loads a package that the user installed; throws if it is not there. */
  readonly load: (name: string) => unknown;
}

export const deviceIds = ['cpu', 'webgpu', 'cuda', 'tensorflow'] as const satisfies readonly DeviceId[];
export type ChoosableDevice = (typeof deviceIds)[number];

/** The name of a device before it was opened. */
export const deviceNames: Readonly<Record<ChoosableDevice, string>> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  cuda: 'NVIDIA GPU (CUDA)',
  tensorflow: 'TensorFlow',
};

/** @throws Error saying why the device is not available */
export function openDevice(id: ChoosableDevice, { threads, load }: DeviceRequest): Device {
  return id === 'tensorflow' ? tensorflowDevice(load, threads) : ortDevice({ id, threads });
}

/** The result of trying a device. */
export interface DeviceReport {
  readonly id: ChoosableDevice;
  readonly label: string;
  /** Why it cannot be used; null if it can. */
  readonly reason: string | null;
  /** Largest relative error of the self-test; null if it did not run. */
  readonly error: number | null;
  /** Milliseconds per step of the speed test; null if it did not run. */
  readonly stepMs: number | null;
}

export interface DeviceTests {
  selfTest(device: Device): Promise<{ readonly passed: boolean; readonly error: number }>;
  measureStep(device: Device): Promise<number>;
}

/** Tries one device; never throws. */
export async function tryDevice(
  id: ChoosableDevice,
  request: DeviceRequest,
  tests: DeviceTests,
): Promise<DeviceReport> {
  const nothing = { id, label: deviceNames[id], error: null, stepMs: null };
  try {
    const device = openDevice(id, request);
    const { passed, error } = await tests.selfTest(device);
    if (!passed)
      return {
        ...nothing,
        label: device.label,
        error,
        reason: `its results differ from the reference by ${error.toExponential(1)}`,
      };
    return { id, label: device.label, reason: null, error, stepMs: await tests.measureStep(device) };
  } catch (error) {
    return { ...nothing, reason: firstLine(error) };
  }
}

/** The fastest device that passed. @throws Error with every reason if none did */
export function fastestDevice(reports: readonly DeviceReport[]): ChoosableDevice {
  const usable = reports.filter((report) => report.reason === null);
  if (usable.length === 0)
    throw new Error(`No device can compute here: ${reports.map((r) => `${r.id}: ${r.reason}`).join('; ')}.`);
  return usable.reduce((best, report) => (report.stepMs! < best.stepMs! ? report : best)).id;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
