/** @file A range selected by mouse and keyboard. */
import { expect, it } from 'vitest';
import { BaseSelection } from '../../../../renderer/components/dna/base-selection.svelte.ts';

const press = (selection: BaseSelection, ...keys: string[]): boolean[] =>
  keys.map((key) =>
    selection.key(
      {
        key: key.replace('Shift+', '').replace('Ctrl+', ''),
        shiftKey: key.startsWith('Shift+'),
        ctrlKey: key.startsWith('Ctrl+'),
        metaKey: false,
      },
      40,
    ),
  );

it('extends from its start in either direction, and stays inside the sequence', () => {
  const selection = new BaseSelection(100);
  expect(selection.range).toBeUndefined();
  selection.begin(10);
  expect(selection.range).toEqual({ from: 10, to: 11 });
  selection.extend(14);
  expect(selection.range).toEqual({ from: 10, to: 15 });
  selection.extend(-5);
  expect(selection.range).toEqual({ from: 0, to: 11 });
  selection.set({ from: 90, to: 100 });
  selection.extend(500);
  expect(selection.range).toEqual({ from: 90, to: 100 });
  selection.reset(5);
  expect(selection.range).toBeUndefined();
});

it('moves by bases and rows, grows with Shift, and ignores other keys', () => {
  const selection = new BaseSelection(100);
  expect(press(selection, 'ArrowRight')).toEqual([true]);
  expect(selection.range).toEqual({ from: 0, to: 1 });
  press(selection, 'ArrowRight', 'ArrowDown');
  expect(selection.range).toEqual({ from: 41, to: 42 });
  press(selection, 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowUp');
  expect(selection.range).toEqual({ from: 3, to: 42 });
  press(selection, 'End');
  expect(selection.range).toEqual({ from: 99, to: 100 });
  press(selection, 'Shift+Home');
  expect(selection.range).toEqual({ from: 0, to: 100 });
  press(selection, 'ArrowUp', 'Ctrl+a');
  expect(selection.range).toEqual({ from: 0, to: 100 });
  expect(press(selection, 's', 'Tab', 'Ctrl+ArrowLeft')).toEqual([false, false, false]);
  expect(press(selection, 'Escape', 'Escape')).toEqual([true, false]);
  expect(selection.range).toBeUndefined();
});
