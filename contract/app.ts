/** @file The program: its version, its workspace with backups, and its devices. */
import { z } from 'zod';
import { nothing } from './common.ts';

const deviceInfo = z.object({
  id: z.string(),
  label: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  reason: z.string().nullable(),
  selfTest: z.string().nullable(),
  trainingStepMs: z.number().nullable(),
});

/** The device that was asked for ("auto": the fastest), and whether the command line fixed it. */
const deviceChoice = z.object({ device: z.string(), fixed: z.boolean() });

/** A copy of the workspace. */
const backupInfo = z.object({ file: z.string(), bytes: z.number().int(), made: z.string() });

export const appMethods = {
  'app.info': {
    params: nothing,
    result: z.object({
      version: z.string(),
      workspace: z.string(),
      workspaceBytes: z.number(),
      device: z.string(),
      deviceChoice,
    }),
  },
  'app.devices': { params: nothing, result: z.array(deviceInfo) },
  /** Tests every device again, because a driver or a library may have been installed since. */
  'app.testDevices': { params: nothing, result: z.array(deviceInfo) },
  /** Chooses the device of runs that start from now on: one that passed its self-test, or "auto". */
  'app.chooseDevice': { params: z.object({ device: z.string() }), result: z.array(deviceInfo) },
  /** Copies the workspace in its present state into the folder "backups" beside it. */
  'app.backUp': { params: nothing, result: backupInfo },
  /** Backups beside the workspace, newest first. */
  'app.backups': { params: nothing, result: z.array(backupInfo) },
} as const;

export type BackupInfo = z.output<typeof backupInfo>;
export type DeviceInfo = z.output<typeof deviceInfo>;
