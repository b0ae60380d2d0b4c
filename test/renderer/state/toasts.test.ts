/** @file Messages that can be undone by the keyboard, the newest first. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('undoes the newest undoable message, each once', () => {
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

it('undoes nothing after its message has disappeared', () => {
  const toasts = new Toasts();
  toasts.info('A is removed.', { label: 'Undo', run: () => expect.fail() });
  vi.advanceTimersByTime(60_000);
  expect(toasts.undoLast()).toBe(false);
});

it('keeps a lasting undo action in its turn, also without a message, until it is removed', () => {
  const toasts = new Toasts();
  const done: string[] = [];
  toasts.undoable(() => done.push('A'), { text: 'A is removed.', about: 'A' });
  toasts.info('B is removed.', { label: 'Undo', run: () => done.push('B') });
  toasts.undoable(() => done.push('C'));
  const forget = toasts.undoable(() => done.push('D'));
  forget();
  toasts.undoLast();
  vi.advanceTimersByTime(60_000);
  expect([toasts.list.length, toasts.undoLast(), toasts.undoLast()]).toEqual([0, true, false]);
  expect(done).toEqual(['C', 'A']);
});

it('shows one message per subject, and runs its action once', () => {
  const toasts = new Toasts();
  const done: number[] = [];
  for (const n of [1, 2, 3])
    toasts.undoable(() => done.push(n), { text: `The filter is now “${n}”.`, about: 'filter' });
  expect(toasts.list.map(({ text }) => text)).toEqual(['The filter is now “3”.']);
  toasts.act(toasts.list[0]);
  expect([toasts.list.length, toasts.undoLast(), toasts.undoLast(), toasts.undoLast()]).toEqual([0, true, true, false]);
  expect(done).toEqual([3, 2, 1]);
});
