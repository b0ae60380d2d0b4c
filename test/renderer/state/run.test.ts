import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/link/client.ts';
import { RunFollower } from '../../../renderer/state/run.svelte.ts';
import { round, summary } from '../fake-data.ts';
import { FakeHost } from '../fake-transport.ts';

const noReport = (error: Error): void => {
  throw error;
};

async function followed(host: FakeHost): Promise<RunFollower> {
  const run = new RunFollower(createClient(host, noReport), 1);
  run.follow();
  await run.resource.refresh();
  return run;
}

describe('RunFollower', () => {
  it('gives the first and the latest value of each goal', async () => {
    const run = await followed(new FakeHost({ rounds: 3 }));
    expect(run.goals).toHaveLength(4);
    expect(run.goals[0].began).toBe(0.62);
    expect(run.goals[0].now).toBe(round(2).objectives[0].mean);
    expect(run.weights).toEqual([0.4, 0.2, 0.15, 0.25]);
  });

  it('has no score for a goal before the first round', async () => {
    const run = await followed(new FakeHost({ rounds: 0 }));
    expect(run.goals[0]).toMatchObject({ began: null, now: null });
  });

  it('adds rounds as they arrive, and replaces a repeated one', async () => {
    const host = new FakeHost({ rounds: 2 });
    const run = await followed(host);
    host.emit('run', {
      type: 'round',
      summary: summary('running', { round: 2 }),
      round: round(2),
      advice: 'Goes well.',
      alarm: null,
    });
    host.emit('run', {
      type: 'round',
      summary: summary('running', { round: 2 }),
      round: { ...round(2), valid: 0.5 },
      advice: 'Goes well.',
      alarm: null,
    });
    flushSync();
    expect(run.detail?.rounds.map(({ round }) => round)).toEqual([0, 1, 2]);
    expect(run.lastRound?.valid).toBe(0.5);
    expect(run.detail?.advice).toBe('Goes well.');
  });

  it('shows progress while it runs and clears it afterwards', async () => {
    const host = new FakeHost();
    const run = await followed(host);
    host.emit('run', { type: 'progress', step: 3, steps: 8, message: 'Sampling' });
    expect(run.progress?.step).toBe(3);
    host.emit('run', { type: 'state', summary: summary('paused') });
    expect(run.progress).toBeUndefined();
    expect(run.summary?.state).toBe('paused');
  });

  it('is extended, and its settings are read again', async () => {
    const run = await followed(new FakeHost({ rounds: 3 }));
    await run.pause();
    await run.extend(5);
    expect(run.summary).toMatchObject({ state: 'running', rounds: 7 });
    expect(run.detail?.extensions).toMatchObject([{ afterRound: 2, rounds: 5 }]);
    expect(run.acting).toBe(false);
  });

  it('pauses, and is not acting afterwards even if that failed', async () => {
    const host = new FakeHost();
    const run = await followed(host);
    await run.pause();
    expect(run.summary?.state).toBe('paused');
    host.become({ status: 'lost', retryAt: null });
    await expect(run.resume()).rejects.toMatchObject({ code: 'host-lost' });
    expect(run.acting).toBe(false);
  });
});
