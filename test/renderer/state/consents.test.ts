/**
 * @file The question before an external scorer runs: asked once, then allowed and called again, or refused without a
 * call.
 */
import { describe, expect, it } from 'vitest';
import type { ProgramInfo } from '../../../contract/api.ts';
import { createClient } from '../../../renderer/link/client.ts';
import { askingConsent, ConsentDesk } from '../../../renderer/state/consents.svelte.ts';
import { FakeHost } from '../fake-transport.ts';

const program: ProgramInfo = {
  key: 'a'.repeat(64),
  kind: 'command',
  text: 'python3 score.py',
  executable: '/usr/bin/python3',
  args: ['score.py'],
  folder: '/home/ada',
  files: [{ path: '/home/ada/score.py', sha256: 'b'.repeat(64) }],
};

function opened(): { host: FakeHost; desk: ConsentDesk; start: () => Promise<unknown> } {
  const host = new FakeHost({ asks: [program] });
  const desk = new ConsentDesk();
  const client = askingConsent(
    createClient(host, () => undefined),
    desk,
  );
  return { host, desk, start: () => client.invoke('run.start', { designId: 1, seed: 1 }) };
}

/** Waits for the question. */
const asked = async (desk: ConsentDesk): Promise<void> => {
  while (desk.programs.length === 0) await Promise.resolve();
};

describe('a run that needs consent', () => {
  it('starts after it is given, and does not ask again', async () => {
    const { host, desk, start } = opened();
    const run = start();
    await asked(desk);
    expect(desk.programs).toEqual([program]);
    desk.answer(true);
    expect(await run).toMatchObject({ state: 'running' });
    expect(desk.programs).toEqual([]);
    expect(host.calls.map(({ method }) => method)).toEqual(['run.start', 'consent.allow', 'run.start']);
    expect(await start()).toMatchObject({ state: 'running' });
  });

  it('does not start after a refusal', async () => {
    const { host, desk, start } = opened();
    const run = start();
    await asked(desk);
    desk.answer(false);
    await expect(run).rejects.toMatchObject({
      code: 'consent-needed',
      message: 'The external scorer was not allowed, so nothing was started.',
    });
    expect(host.calls.map(({ method }) => method)).toEqual(['run.start']);
  });
});
