import { describe, expect, it } from 'vitest';
import type { RoundMetrics } from '../../../contract/api.ts';
import { alarmOn } from '../../../host/runs/alarm.ts';
import { roundMetrics } from './round-metrics.ts';

describe('alarm', () => {
  const sizes = { final_samples: 256, measure_samples: 64 };
  const after = (more: Partial<RoundMetrics>, n = sizes) =>
    alarmOn([roundMetrics(0, {}), roundMetrics(1, more)], n, 'molecule');

  it('names what has fallen, with both values', () => {
    expect(after({ valid: 0.22, unique: 0.4 })).toBe(
      'The run is going wrong: validity fell from 95% to 22%, and uniqueness fell from 100% to 40%. Mean scores leave out invalid molecules, so they can rise all the same.',
    );
  });

  it('keeps silent before training, about small falls, and about falls within the intervals', () => {
    expect(alarmOn([], sizes, 'dna')).toBeNull();
    expect(alarmOn([roundMetrics(0, { valid: 0.3 })], sizes, 'dna')).toBeNull();
    expect(after({ valid: 0.85 })).toBeNull();
    expect(after({ valid: 0.75 })).toContain('from 95% to 75%');
    expect(after({ valid: 0.75 }, { final_samples: 8, measure_samples: 8 })).toBeNull();
  });

  it('judges diversity by how much it changes from round to round', () => {
    const course = (...values: number[]) =>
      alarmOn(
        values.map((diversity, i) => roundMetrics(i, { diversity })),
        sizes,
        'molecule',
      );
    expect(course(0.88, 0.84, 0.79, 0.74, 0.7)).toBeNull();
    expect(course(0.88, 0.8, 0.7, 0.6, 0.5)).toBe('The run is going wrong: diversity fell from 0.88 to 0.50.');
    expect(course(0.88, 0.5, 0.9, 0.52, 0.88, 0.5)).toBeNull();
  });
});
