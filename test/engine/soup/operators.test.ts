/** Merge operators by cases worked out by hand from the papers' equations. */
import { describe, expect, it } from 'vitest';
import {
  drop,
  mergeFisher,
  type MergeInput,
  mergerOf,
  mergeTies,
  slerp,
  trim,
} from '../../../engine/soup/operators.ts';
import { resolveSettings } from '../../../engine/soup/settings.ts';
import { toyRequest } from './toy.ts';

const start = Float32Array.of(1, 1, 1, 1);
const input: MergeInput = {
  experts: [Float32Array.of(3, 1, 0, 2), Float32Array.of(1, 5, 2, 2)],
  start,
  moments: [null, null],
  stream: [1, 2],
};
const merged = (merge: 'linear' | 'slerp' | 'ties' | 'dare' | 'fisher', lambda: number[], keep = 0.5) =>
  mergerOf({ merge, merge_keep: keep }, input)(lambda);
const rounded = (values: Float32Array) => [...values].map((value) => Math.round(value * 1e5) / 1e5);

describe('ties', () => {
  it('keeps the largest changes', () => {
    expect(trim(Float32Array.of(2, 0, -1, 1), 0.5)).toEqual(Float32Array.of(2, 0, -1, 1));
    expect(trim(Float32Array.of(2, 0, -3, 1), 0.5)).toEqual(Float32Array.of(2, 0, -3, 0));
    expect(trim(Float32Array.of(2, 0, -3, 1), 1)).toEqual(Float32Array.of(2, 0, -3, 1));
  });

  it('averages the values that have the elected sign', () => {
    const tasks = [Float32Array.of(2, -1, 0, 4), Float32Array.of(-1, -3, 5, -4)];
    // Signs of the weighted sums: 1.25 (+), -1.5 (-), 1.25 (+), 2 (+).
    expect(mergeTies(tasks, [0.75, 0.25])).toEqual(Float32Array.of(2, -1.5, 5, 4));
    expect(mergeTies(tasks, [0.5, 0.5])).toEqual(Float32Array.of(2, -2, 5, 0));
  });

  it('starts from where the experts began', () => {
    // Changes 2 0 -1 1 and 0 4 1 1; at half, the first keeps all but 0 (1 and -1 tie), the second 4, 1 and 1.
    expect(merged('ties', [0.5, 0.5])).toEqual(Float32Array.of(3, 5, 1, 2));
  });
});

describe('dare', () => {
  it('drops values by chance and keeps their expectation', () => {
    const dropped = drop(new Float32Array(20_000).fill(2), 0.25, [7]);
    expect(new Set(dropped)).toEqual(new Set([0, 8]));
    expect(dropped.reduce((sum, v) => sum + v, 0) / dropped.length).toBeCloseTo(2, 0);
    expect(drop(Float32Array.of(1, 2, 3), 1, [7])).toEqual(Float32Array.of(1, 2, 3));
  });

  it('is the linear merge if everything is kept, and the same again for the same stream', () => {
    expect(merged('dare', [0.25, 0.75], 1)).toEqual(merged('linear', [0.25, 0.75]));
    expect(merged('dare', [0.25, 0.75])).toEqual(merged('dare', [0.25, 0.75]));
  });
});

describe('slerp', () => {
  it('keeps the length of vectors at right angles', () => {
    const half = slerp(Float32Array.of(1, 0), Float32Array.of(0, 1), 0.5);
    expect(rounded(half)).toEqual([0.70711, 0.70711]);
    expect(rounded(slerp(Float32Array.of(1, 0), Float32Array.of(0, 1), 1 / 3))).toEqual([0.86603, 0.5]);
    expect(slerp(Float32Array.of(1, 1), Float32Array.of(3, 3), 0.25)).toEqual(Float32Array.of(1.5, 1.5));
    expect(slerp(Float32Array.of(0, 0), Float32Array.of(2, 0), 0.5)).toEqual(Float32Array.of(1, 0));
  });

  it('gives an expert that has all the weight', () => {
    expect(merged('slerp', [1, 0])).toEqual(input.experts[0]);
    expect(merged('slerp', [0, 1])).toEqual(input.experts[1]);
  });

  it('lets three right angles share the sphere equally', () => {
    const axes = [0, 1, 2].map((i) => start.map((value, at) => value + Number(at === i)));
    const third = mergerOf({ merge: 'slerp', merge_keep: 0.2 }, { ...input, experts: axes })([1 / 3, 1 / 3, 1 / 3]);
    const task = third.map((value, at) => value - start[at]);
    expect(Math.hypot(...task)).toBeCloseTo(1, 5);
    expect(task[0]).toBeCloseTo(task[1], 5);
  });
});

describe('fisher', () => {
  const moments = (second: number[], steps: number) => ({
    first: new Float32Array(second.length),
    second: Float32Array.from(second),
    steps,
  });

  it('weighs each value by the squared gradients', () => {
    const experts = [Float32Array.of(0, 0, 0), Float32Array.of(1, 1, 1)];
    const all = [moments([3e-3, 1e-3, 0], 1), moments([1e-3, 1e-3, 0], 1)];
    expect(rounded(mergeFisher(experts, all, [0.5, 0.5]))).toEqual([0.25, 0.5, 0.5]);
    expect(rounded(mergeFisher(experts, all, [0.25, 0.75]))).toEqual([0.5, 0.75, 0.75]);
  });

  it('corrects the running means for their start', () => {
    const experts = [Float32Array.of(0), Float32Array.of(1)];
    // One step of 0.001 counts as much as two of 0.001999.
    const all = [moments([1e-3], 1), moments([1.999e-3], 2)];
    expect(mergeFisher(experts, all, [0.5, 0.5])[0]).toBeCloseTo(0.5, 5);
  });

  it('is refused where an expert has no moments', () => {
    expect(() => merged('fisher', [0.5, 0.5])).toThrow('needs the optimizer moments of every expert');
    expect(resolveSettings({ method: 'soups', merge: 'fisher' }, 2).problems).toMatchObject([{ setting: 'merge' }]);
  });
});

describe('settings', () => {
  it('belong to methods that merge', () => {
    expect(resolveSettings({ method: 'morlhf', merge: 'ties' }, 2).problems).toMatchObject([{ setting: 'merge' }]);
    expect(resolveSettings({ merge_keep: 0.5 }, 2).problems).toMatchObject([{ setting: 'merge_keep' }]);
    expect(toyRequest({ merge: 'dare', merge_keep: 0.5, merge_scale: 2 }).settings).toMatchObject({ merge_scale: 2 });
  });
});
