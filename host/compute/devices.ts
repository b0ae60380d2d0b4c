/**
 * Chooses the device that computes. Each is tried in a process of its own (a driver may crash its process), checked and
 * timed once. The result is remembered in the workspace until the machine or the program changes.
 */
import { arch, cpus, hostname } from 'node:os';
import { z } from 'zod';
import { type ReadableWorkspace, readSetting, type WritableWorkspace, writeSetting } from '../../db/index.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import {
  type ChoosableDevice,
  deviceIds,
  deviceNames,
  type DeviceReport,
  fastestDevice,
} from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { version } from '../base/paths.ts';
import { ComputeProcess } from './process.ts';

export type DeviceChoice = ChoosableDevice | 'auto';
export const deviceChoices = ['auto', ...deviceIds] as const;

const KEY = 'devices';
const CHOICE_KEY = 'device-choice';
const LONGEST_PROBE_MS = 60_000;

const reportSchema = z.object({
  id: z.enum(deviceIds),
  label: z.string(),
  reason: z.string().nullable(),
  error: z.number().nullable(),
  stepMs: z.number().nullable(),
});
const choiceSchema = z.object({ machine: z.string(), device: z.enum(deviceChoices) });
const rememberedSchema = z.object({ machine: z.string(), reports: z.array(reportSchema) });

/** @throws InputError with the nearest device */
export function parseDevice(text: string): DeviceChoice {
  const choice = deviceChoices.find((one) => one === text);
  if (choice === undefined)
    throw new InputError(
      `There is no device "${text}".${didYouMean(text, deviceChoices)} Devices: ${deviceChoices.join(', ')}.`,
    );
  return choice;
}

/** This machine with this program; measurements of another one are ignored. */
export function machine(): string {
  return [version, hostname(), arch(), cpus().length, cpus()[0]?.model].join(' | ');
}

/** What is known of this machine's devices; null if they were not tried yet. */
export function rememberedDevices(db: ReadableWorkspace): DeviceReport[] | null {
  const stored = rememberedSchema.safeParse(readSetting(db, KEY));
  return stored.success && stored.data.machine === machine() ? stored.data.reports : null;
}

export function rememberDevices(db: WritableWorkspace, reports: readonly DeviceReport[]): void {
  writeSetting(db, KEY, { machine: machine(), reports });
}

/** The device that the user chose for this machine; "auto" if none. */
export function rememberedChoice(db: ReadableWorkspace): DeviceChoice {
  const stored = choiceSchema.safeParse(readSetting(db, CHOICE_KEY));
  return stored.success && stored.data.machine === machine() ? stored.data.device : 'auto';
}

export function rememberChoice(db: WritableWorkspace, device: DeviceChoice): void {
  writeSetting(db, CHOICE_KEY, { machine: machine(), device });
}

/**
 * Tries every device, one after another, so that their times are comparable.
 * @param threads of the CPU's devices
 * @param signal cancels
 * @throws AbortError if cancelled
 */
export async function probeDevices(threads: number, signal?: AbortSignal): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = [];
  for (const id of deviceIds) {
    reports.push(await probeDevice(id, threads, signal));
    signal?.throwIfAborted();
  }
  return reports;
}

/** Never throws: an error becomes the reason in the report. */
export async function probeDevice(
  device: ChoosableDevice,
  threads: number,
  signal?: AbortSignal,
): Promise<DeviceReport> {
  const failed = (reason: string): DeviceReport => ({
    id: device,
    label: deviceNames[device],
    reason,
    error: null,
    stepMs: null,
  });
  let settle: (report: DeviceReport) => void = () => undefined;
  const answer = new Promise<DeviceReport>((resolve) => (settle = resolve));
  const child = new ComputeProcess({
    message: (message) =>
      settle(
        message.type === 'probed'
          ? message.report
          : failed(message.type === 'failed' ? message.error.message : 'it gave an unexpected answer'),
      ),
    lost: (why) => settle(failed(why)),
  });
  const timer = setTimeout(() => settle(failed(`no answer within ${LONGEST_PROBE_MS / 1000} s`)), LONGEST_PROBE_MS);
  const giveUp = () => settle(failed('the test was cancelled'));
  signal?.addEventListener('abort', giveUp, { once: true });
  child.send({ type: 'probe', device, threads });
  const report = await answer;
  clearTimeout(timer);
  signal?.removeEventListener('abort', giveUp);
  await child.end();
  return report;
}

/** The device for a choice. @throws Error with the reason if it cannot be used */
export function chosenDevice(choice: DeviceChoice, reports: readonly DeviceReport[]): ChoosableDevice {
  if (choice === 'auto') return fastestDevice(reports);
  const report = reports.find(({ id }) => id === choice);
  if (report === undefined || report.reason !== null)
    throw new InputError(
      `The device "${choice}" cannot be used on this computer: ${report?.reason ?? 'it was not tested'}.`,
    );
  return choice;
}
