import { describe, expect, it } from 'vitest';
import type { SurfaceSetting } from '../../../../contract/api.ts';
import { surfaceColours } from '../../../../renderer/features/steer/surface-colours.ts';

/** A setting whose scores are given; its total is that of the first goal. */
function setting(weights: number[], means: (number | null)[]): SurfaceSetting {
  const interval = (mean: number | null) => ({ mean, low: mean, high: mean });
  return {
    number: 0,
    weights,
    sampled: 256,
    valid: 1,
    unique: 1,
    total: interval(means[0]),
    objectives: means.map((mean) => ({ ...interval(mean), raw: mean })),
    front: true,
  };
}

const area = (corners: readonly { x: number; y: number }[]): number =>
  Math.abs(
    corners.reduce(
      (sum, { x, y }, i) => sum + x * corners[(i + 1) % corners.length].y - corners[(i + 1) % corners.length].x * y,
      0,
    ),
  ) / 2;

describe('colours of the surface', () => {
  const corners = [
    setting([1, 0, 0], [0.9, 0.1, 0.2]),
    setting([0, 1, 0], [0.3, 0.8, 0.2]),
    setting([0, 0, 1], [0.3, 0.1, 0.7]),
  ];

  it('fill the triangle once', () => {
    const { pieces } = surfaceColours(corners, undefined)!;
    expect(pieces).toHaveLength(400);
    // An equilateral triangle in the unit circle.
    expect(pieces.reduce((sum, piece) => sum + area(piece.corners), 0)).toBeCloseTo((3 * Math.sqrt(3)) / 4, 6);
  });

  it('are near the settings at their places, and between them elsewhere', () => {
    const { pieces, lowest, highest } = surfaceColours(corners, undefined)!;
    expect([lowest, highest]).toEqual([0.3, 0.9]);
    const top = pieces.reduce((best, piece) => (piece.corners[0].y < best.corners[0].y ? piece : best));
    expect(top.value).toBeGreaterThan(0.88);
    for (const { value } of pieces) expect(value >= 0.3 && value <= 0.9).toBe(true);
  });

  it('are of one goal if requested', () => {
    const { lowest, highest } = surfaceColours(corners, 1)!;
    expect([lowest, highest]).toEqual([0.1, 0.8]);
  });

  it('run along the line of two goals', () => {
    const { pieces } = surfaceColours([setting([1, 0], [0.9, 0.1]), setting([0, 1], [0.2, 0.8])], undefined)!;
    const values = pieces.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('omit settings without a score, and show nothing for too few settings or four goals', () => {
    expect(surfaceColours([corners[0], corners[1], setting([0, 0, 1], [null, null, null])], undefined)).toBeNull();
    expect(surfaceColours([], undefined)).toBeNull();
    expect(
      surfaceColours(
        [1, 2, 3, 4].map(() => setting([0.25, 0.25, 0.25, 0.25], [1, 1, 1, 1])),
        undefined,
      ),
    ).toBeNull();
  });
});
