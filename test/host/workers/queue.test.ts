import { describe, expect, it, vi } from 'vitest';
import { secondsLeft } from '../../../host/base/time-left.ts';
import { IdleTimer } from '../../../host/workers/idle-timer.ts';
import { Queue, WorkerPool } from '../../../host/workers/queue.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('a queue', () => {
  it('does one piece of work after another, also after one that fails', async () => {
    const queue = new Queue();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await later();
      if (name === 'b') throw new Error('b failed');
      events.push(`${name} ends`);
      return name;
    };
    const [a, b, c] = ['a', 'b', 'c'].map((name) => queue.run(work(name)));
    await expect(b).rejects.toThrow('b failed');
    expect([await a, await c]).toEqual(['a', 'c']);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends']);
  });

  it('tells when it is idle', async () => {
    const queue = new Queue();
    let done = false;
    void queue.run(async () => {
      await later();
      done = true;
    });
    await queue.idle();
    expect(done).toBe(true);
  });
});

describe('a pool of workers', () => {
  it('gives each worker one piece at a time, first come first served', async () => {
    const pool = new WorkerPool(['one', 'two']);
    const order: number[] = [];
    const busy = new Map<string, number>();
    const work = (n: number) => async (worker: string) => {
      expect(busy.get(worker) ?? 0).toBe(0);
      busy.set(worker, 1);
      order.push(n);
      await later();
      busy.set(worker, 0);
      return n;
    };
    expect(await Promise.all([0, 1, 2, 3, 4].map((n) => pool.use(work(n))))).toEqual([0, 1, 2, 3, 4]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('has its worker back after work that fails', async () => {
    const pool = new WorkerPool(['one']);
    await expect(pool.use(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await pool.use((worker) => Promise.resolve(worker))).toBe('one');
  });
});

it('an idle timer ends nothing while work is under way', async () => {
  vi.useFakeTimers();
  try {
    const end = vi.fn(() => Promise.resolve());
    const idle = new IdleTimer(1000, end);
    let finish: () => void = () => undefined;
    const long = idle.during(() => new Promise<void>((resolve) => (finish = resolve)));
    await idle.during(() => Promise.resolve());
    vi.advanceTimersByTime(5000);
    expect(end).not.toHaveBeenCalled();
    finish();
    await long;
    vi.advanceTimersByTime(999);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(end).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

it('the time left follows the pace, once enough is done', () => {
  expect(secondsLeft(10, 0.25)).toBe(30);
  expect(secondsLeft(10, 1)).toBe(0);
  expect(secondsLeft(10, 0)).toBeNull();
  expect(secondsLeft(10, 0.019)).toBeNull();
  expect(secondsLeft(10, 0.25, 0.5)).toBeNull();
});
