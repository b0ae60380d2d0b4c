import { expect, test } from 'vitest';
import { secondsAtPace, secondsLeft } from '../../../host/base/time-left.ts';

test('the rest of the work takes as long per share as what is done', () => {
  expect(secondsLeft(30, 0.25)).toBe(90);
  expect(secondsLeft(30, 1)).toBe(0);
});

test('too little work says nothing about the rest', () => {
  expect(secondsLeft(5, 0)).toBeNull();
  expect(secondsLeft(5, 0.019)).toBeNull();
  expect(secondsLeft(5, 0.02)).toBeCloseTo(245);
  expect(secondsLeft(5, 0.019, 0.01)).toBeCloseTo(258.158, 3);
  expect(secondsLeft(5, 0, 0)).toBeNull();
});

test('counted work takes its pace', () => {
  expect(secondsAtPace(12, 4, 6)).toBe(18);
});
