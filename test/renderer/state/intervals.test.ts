import { afterEach, expect, it, vi } from 'vitest';
import type { Client } from '../../../renderer/link/client.ts';
import { Intervals } from '../../../renderer/state/intervals.svelte.ts';

afterEach(() => vi.useRealTimers());

function host(answer: (ids: number[]) => { id: number; low: number; high: number; outside: number[] }[]) {
  const asked: { ids: number[]; weights?: number[] }[] = [];
  const client = {
    invoke: (_: string, params: { ids: number[]; weights?: number[] }) => {
      asked.push(params);
      return Promise.resolve({ intervals: answer(params.ids) });
    },
  } as unknown as Client;
  return { client, asked };
}

it('asks for what is looked at after a pause, once, and again with other weights', async () => {
  vi.useFakeTimers();
  const { client, asked } = host((ids) => ids.map((id) => ({ id, low: 0.1, high: 0.2, outside: [] })));
  const intervals = new Intervals(client, 1);
  intervals.look([1], [1, 1]);
  intervals.look([1, 2], [1, 1]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked.map(({ ids }) => ids)).toEqual([[1, 2]]);
  expect(intervals.of(2)).toMatchObject({ low: 0.1, high: 0.2 });
  intervals.look([1, 2], [1, 1]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveLength(1);
  intervals.look([1], [1, 0]);
  expect(intervals.of(1)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(300);
  expect(asked.at(-1)).toMatchObject({ ids: [1], weights: [1, 0] });
});

it('asks no more of a run that has none', async () => {
  vi.useFakeTimers();
  const { client, asked } = host(() => []);
  const intervals = new Intervals(client, 1);
  intervals.look([1], [1]);
  await vi.advanceTimersByTimeAsync(300);
  intervals.look([2], [1]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveLength(1);
});
