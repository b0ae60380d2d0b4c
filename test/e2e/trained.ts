/** @file A run of the smallest generator, trained in seconds: it has experts to blend. */
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { amalgam, designFile } from '../host/tools.ts';

/** Into a workspace that no host has open. */
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
