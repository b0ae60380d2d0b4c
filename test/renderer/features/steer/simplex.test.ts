/** @file Shares of goals as a point between corners, and back. */
import { describe, expect, it } from 'vitest';
import { cornersOf, placeOf, sharesAt } from '../../../../renderer/features/steer/simplex.ts';

const close = (given: readonly number[], wanted: readonly number[]): void =>
  expect(given).toEqual(wanted.map((value) => expect.closeTo(value, 12)));

describe('a point between the corners of the goals', () => {
  it('is the share itself on a line, and barycentric in a triangle', () => {
    close(sharesAt(2, { x: -0.5, y: 0 }), [0.75, 0.25]);
    for (const shares of [
      [0.2, 0.3, 0.5],
      [1, 0, 0],
      [0, 0.4, 0.6],
    ])
      close(sharesAt(3, placeOf(shares)), shares);
    close(sharesAt(1, { x: 3, y: 2 }), [1]);
  });

  it.each([3, 4, 5, 8])('has shares that bring it back in a polygon of %i corners, none negative', (goals) => {
    for (const [x, y] of [
      [0, 0],
      [0.3, -0.2],
      [-0.1, 0.45],
      [0.2, 0.1],
    ]) {
      const shares = sharesAt(goals, { x, y });
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const place = placeOf(shares);
      close([place.x, place.y], [x, y]);
    }
  });

  it('is one goal in its corner, all the same in the middle, and two goals on an edge', () => {
    for (const goals of [2, 3, 5, 6]) {
      cornersOf(goals).forEach((corner, i) =>
        close(
          sharesAt(goals, corner),
          cornersOf(goals).map((_, j) => (i === j ? 1 : 0)),
        ),
      );
      close(sharesAt(goals, { x: 0, y: 0 }), new Array(goals).fill(1 / goals));
    }
    const [a, b] = cornersOf(5);
    close(sharesAt(5, { x: 0.25 * a.x + 0.75 * b.x, y: 0.25 * a.y + 0.75 * b.y }), [0.25, 0.75, 0, 0, 0]);
  });

  it('stays inside if it is dragged out of the figure', () => {
    close(sharesAt(2, { x: 7, y: 3 }), [0, 1]);
    close(sharesAt(3, { x: 0, y: -4 }), [1, 0, 0]);
    // Straight below the middle of the lower edge.
    close(sharesAt(3, { x: 0, y: 9 }), [0, 0.5, 0.5]);
  });

  it('puts the first of three goals at the top, the next clockwise, and four in a square', () => {
    const [first, second] = cornersOf(3);
    close([first.x, first.y], [0, -1]);
    expect(second.x).toBeGreaterThan(0.8);
    const half = Math.SQRT1_2;
    close(
      cornersOf(4).flatMap(({ x, y }) => [x, y]),
      [-half, -half, half, -half, half, half, -half, half],
    );
  });
});
