/** @file A run of the smallest generator, trained in seconds, with experts to blend. */
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { amalgam, designFile } from '../host/tools.ts';

/** Requires that no host has the workspace open. */
export async function trainSmall(workspace: string): Promise<void> {
  const { code, err } = await amalgam([
    'design',
    designFile(dirname(workspace)),
    '--workspace',
    workspace,
    '--device',
    'cpu',
  ]);
  expect(code, err).toBe(0);
}
