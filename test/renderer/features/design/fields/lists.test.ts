import { expect, test } from 'vitest';
import { itemAt, itemsOf } from '../../../../../renderer/features/design/fields/lists.ts';

test('names are separated by commas, and the one at the caret is found', () => {
  expect(itemsOf('EcoRI, BamHI,, ')).toEqual(['EcoRI', 'BamHI']);
  expect(itemAt('EcoRI, Bam, XhoI', 10)).toEqual({ start: 6, end: 10, item: 'Bam' });
  expect(itemAt('Eco', 3)).toEqual({ start: 0, end: 3, item: 'Eco' });
});
