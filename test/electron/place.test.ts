import { expect, test } from 'vitest';
import { placeOn } from '../../electron/place.ts';

const main = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 1280, height: 1000 };
const last = { x: 2000, y: 40, width: 1100, height: 700, maximized: false };

test('the window opens where it was', () => {
  expect(placeOn([main, right], last)).toEqual({ x: 2000, y: 40, width: 1100, height: 700 });
});

test.each([
  ['the screen is gone', [main], last],
  ['only an edge is on a screen', [main], { ...last, x: 1850 }],
  ['its top is above the screen', [main], { ...last, x: 10, y: -60 }],
  ['its top is below the screen', [main], { ...last, x: 10, y: 1030 }],
])('it keeps its size alone if %s', (_, screens, place) => {
  expect(placeOn(screens, place)).toEqual({ width: 1100, height: 700 });
});

test('it is never larger than the screen', () => {
  const small = { x: 0, y: 0, width: 1024, height: 600 };
  expect(placeOn([small], null)).toEqual({ width: 1024, height: 600 });
  expect(placeOn([small], { ...last, x: 0, y: 0 })).toEqual({ x: 0, y: 0, width: 1024, height: 600 });
  expect(placeOn([main], null)).toEqual({ width: 1360, height: 880 });
});
