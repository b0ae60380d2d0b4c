/** @file Messages that can be undone by the keyboard, the newest first. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from '../../renderer/state/toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('undoes what the newest message with a way back tells, each once', () => {
  const toasts = new Toasts();
  const done: string[] = [];
  expect(toasts.undoLast()).toBe(false);
  toasts.info('A is removed.', { label: 'Undo', run: () => done.push('A') });
  toasts.info('B is removed.', { label: 'Undo', run: () => done.push('B') });
  toasts.error('Something else failed.');
  expect([toasts.undoLast(), toasts.undoLast(), toasts.undoLast()]).toEqual([true, true, false]);
  expect(done).toEqual(['B', 'A']);
  expect(toasts.list.map(({ text }) => text)).toEqual(['Something else failed.']);
});

it('undoes nothing whose message has gone', () => {
  const toasts = new Toasts();
  toasts.info('A is removed.', { label: 'Undo', run: () => expect.fail() });
  vi.advanceTimersByTime(60_000);
  expect(toasts.undoLast()).toBe(false);
});
