/** Cells, columns of numbers, units and what is learnt of them. */
import { describe, expect, test } from 'vitest';
import {
  isMissing,
  numberStyle,
  parseMeasurement,
  positiveClass,
} from '../../../../engine/learn/user-predictor/measurement.ts';
import { decideTask, readValue, type TaskOptions } from '../../../../engine/learn/user-predictor/task.ts';
import { headerUnit } from '../../../../engine/learn/user-predictor/units.ts';

const point = { decimalComma: false };
const comma = { decimalComma: true };

describe('a cell', () => {
  test.each([
    ['5.3', point, { value: 5.3, bound: 'exact' }],
    ['> 10', point, { value: 10, bound: 'above' }],
    ['>=10', point, { value: 10, bound: 'above' }],
    ['≥10', point, { value: 10, bound: 'above' }],
    ['<0.1', point, { value: 0.1, bound: 'below' }],
    ['≤ .5', point, { value: 0.5, bound: 'below' }],
    ['~7', point, { value: 7, approximate: true }],
    ['ca. 7', point, { value: 7, approximate: true }],
    ['5 ± 1', point, { value: 5, approximate: true }],
    ['5.0 +/- 0.2', point, { value: 5, approximate: true }],
    ['-1.5e-3', point, { value: -0.0015 }],
    ['1,234.5', point, { value: 1234.5 }],
    ["1'000", point, { value: 1000 }],
    ['12 nM', point, { value: 12, unit: 'nM' }],
    ['3μM', point, { value: 3, unit: 'µM' }],
    ['45%', point, { value: 45, unit: '%' }],
    ['1,5', comma, { value: 1.5 }],
    ['1.234,5', comma, { value: 1234.5 }],
    ['>1,5', comma, { value: 1.5, bound: 'above' }],
  ])('%s', (text, style, expected) => {
    expect(parseMeasurement(text, style)).toMatchObject(expected);
  });

  test.each([
    ['1,5', point],
    ['1.5', comma],
    ['abc', point],
    ['1.2.3', point],
    ['5 or 6', point],
    ['', point],
  ])('%s is no number', (text, style) => {
    expect(parseMeasurement(text, style)).toBeNull();
  });

  test('nothing measured', () => {
    expect(['', ' NA ', 'n.d.', 'NaN', '-', 'None', 'not determined'].every(isMissing)).toBe(true);
    expect(['0', '>1', 'no', 'inactive'].some(isMissing)).toBe(false);
  });
});

test('decimal commas are told from thousands', () => {
  expect(numberStyle(['1,5', '2', '3,25'])).toEqual(comma);
  expect(numberStyle(['1,500', '2', '13,250'])).toEqual(point);
  expect(numberStyle(['1,500', '2,5'])).toEqual(comma);
  expect(numberStyle(['1.5', '2'])).toEqual(point);
});

test.each([
  ['IC50 (nM)', { name: 'IC50', unit: 'nM' }],
  ['Ki [uM]', { name: 'Ki', unit: 'µM' }],
  ['EC50_nM', { name: 'EC50', unit: 'nM' }],
  ['p_activity_M', { name: 'p_activity_M', unit: '' }],
  ['logD', { name: 'logD', unit: '' }],
  ['solubility (mg/mL)', { name: 'solubility', unit: 'mg/mL' }],
])('the unit of the header %s', (header, expected) => {
  expect(headerUnit(header)).toEqual(expected);
});

test.each([
  ['active', 'inactive', 'active'],
  ['0', '1', '1'],
  ['No', 'Yes', 'Yes'],
  ['-1', '1', '1'],
  ['red', 'blue', null],
])('of %s and %s', (one, other, positive) => {
  expect(positiveClass(one, other)).toBe(positive);
});

describe('the task of a column', () => {
  const decide = (name: string, cells: string[], options: TaskOptions = {}) =>
    decideTask({ name, cells, style: point }, options);

  test('concentrations over decades are learnt as -log10 in mol/L, and bounds turn round', () => {
    const { task, notes } = decide('IC50 (nM)', ['1', '>10000', '35', '']);
    expect(task).toMatchObject({
      kind: 'regression',
      name: 'pIC50',
      unit: '-log10(M)',
      measuredUnit: 'nM',
      transform: 'p',
    });
    expect(notes[0]).toContain('IC50 is a concentration in nM over 4.0 powers of ten');
    expect(readValue('>10000', task)).toMatchObject({ value: 5, bound: 'below' });
    expect(readValue('1 µM', task)).toMatchObject({ value: 6, bound: 'exact' });
    expect(readValue('0', task)).toBe('0 has no logarithm');
    expect(readValue('5 mg/mL', task)).toBe('"5 mg/mL" has another unit than nM');
  });

  test('what the user says goes first', () => {
    expect(decide('IC50 (nM)', ['1', '10000', '35'], { transform: 'none' }).task).toMatchObject({
      transform: 'none',
      name: 'IC50',
      unit: 'nM',
    });
    expect(decide('IC50', ['1', '10000', '35'], { unit: 'nm' }).task).toMatchObject({
      transform: 'p',
      measuredUnit: 'nM',
    });
    expect(decide('y', ['0', '1', '0'], { kind: 'regression' }).task.kind).toBe('regression');
    expect(() => decide('IC50', ['1', '10000', '35'], { transform: 'p' })).toThrow('needs its unit, e.g. nM');
  });

  test('a wide spread without a unit is said, and left as it is', () => {
    const { task, notes } = decide('IC50', ['1', '10000', '35']);
    expect(task.transform).toBe('none');
    expect(notes[0]).toContain('If it is a concentration, give its unit');
  });

  test('two values make classes', () => {
    const { task } = decide('outcome', ['active', 'inactive', 'active', '']);
    expect(task).toMatchObject({
      kind: 'classification',
      name: 'outcome is active',
      classes: { positive: 'active', negative: 'inactive' },
    });
    expect(readValue('Active', task)).toMatchObject({ value: 1 });
    expect(readValue('maybe', task)).toBe('"maybe" is neither "active" nor "inactive"');
    expect(() => decide('colour', ['red', 'blue', 'red'])).toThrow('choose the one whose probability to predict');
    expect(decide('colour', ['red', 'blue', 'red'], { positive: 'Blue' }).task.classes?.positive).toBe('blue');
  });

  test.each<[string, string[], TaskOptions, string]>([
    ['y', ['', 'NA'], {}, 'is empty'],
    ['y', ['1', '1'], {}, 'the same value "1" in every row'],
    ['y', ['a', 'b', 'c'], {}, 'has no numbers'],
    ['y', ['1', '2', '3'], { kind: 'classification' }, 'more than two different values'],
    ['y', ['1', '2', '3'], { positive: '1' }, 'amounts, not two classes'],
    ['y', ['1', '0'], { unit: 'nM' }, 'A unit is only for amounts'],
    ['y', ['1', '0'], { transform: 'log10' }, 'A transform is only for amounts'],
  ])('%s %j %j is refused', (name, cells, options, message) => {
    expect(() => decide(name, cells, options)).toThrow(message);
  });
});
