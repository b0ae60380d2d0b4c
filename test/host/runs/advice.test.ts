import { describe, expect, it } from 'vitest';
import type { ResolvedObjective, RoundMetrics } from '../../../contract/api.ts';
import { adviceOn } from '../../../host/runs/advice.ts';
import { alarmOn } from '../../../host/runs/alarm.ts';
import { roundMetrics } from './round-metrics.ts';

describe('advice', () => {
  const objective = (label: string): ResolvedObjective => ({
    id: label,
    label,
    detail: '',
    unit: '',
    goal: { kind: 'higher', from: 0, to: 1 },
    weight: 1,
    parameters: {},
  });
  const mean = (value: number) => ({ mean: value, low: value, high: value, raw: value });
  const round = (number: number, total: number, more: Partial<RoundMetrics> = {}) =>
    roundMetrics(number, { total, objectives: [mean(0.3), mean(0.8)], ...more });
  const sizes = { final_samples: 256, measure_samples: 64 };
  const objectives = [objective('QED'), objective('logP')];

  it('says how far it came and what is furthest from its goal', () => {
    expect(adviceOn([round(0, 0.4), round(1, 0.55)], objectives, sizes, 'molecule')).toBe(
      'The mean score rose from 0.40 to 0.55. Furthest from its goal: QED (0.30).',
    );
  });

  it('shows the way to Steer where there are experts to blend and a goal is far off', () => {
    const expert = { objective: 0, loss: 0.1 } as unknown as RoundMetrics['experts'][number];
    const steerable = (value: number) =>
      adviceOn(
        [round(0, 0.4), round(1, 0.55, { experts: [expert, expert], objectives: [mean(value), mean(0.8)] })],
        objectives,
        sizes,
        'molecule',
      );
    expect(steerable(0.3)).toContain('QED (0.30). You can give it more weight in Steer, without training.');
    expect(steerable(0.6)).not.toContain('Steer');
  });

  it('warns of invalid and of repeated molecules', () => {
    expect(adviceOn([round(0, 0.4), round(1, 0.4, { valid: 0.5 })], objectives, sizes, 'dna')).toMatch(
      /Only 50% of the sequences are valid/,
    );
    expect(adviceOn([round(0, 0.4), round(1, 0.4, { unique: 0.2 })], objectives, sizes, 'molecule')).toMatch(
      /Four of five molecules are duplicates: /,
    );
  });

  it('has something to say before training', () => {
    expect(adviceOn([], objectives, sizes, 'molecule')).toMatch(/being measured/);
    expect(adviceOn([round(0, 0.4)], objectives, sizes, 'molecule')).toBe(
      'Before training, 95% of the molecules are valid and the mean score is 0.40.',
    );
  });

  const many = (
    of: number,
    more: (number: number) => Partial<RoundMetrics>,
    total = (number: number) => 0.4 + 0.02 * number,
  ) => Array.from({ length: of }, (_, number) => round(number, total(number), more(number)));

  it('says since when the experts agree less, and nothing where they always did or were not measured', () => {
    const rising = many(12, (number) => ({ disagreement: number === 0 ? null : number < 6 ? 0.5 : 0.8 }));
    expect(adviceOn(rising, objectives, sizes, 'molecule')).toContain(
      'The experts have diverged since round 6. Merging more often may help.',
    );
    expect(
      adviceOn(
        many(12, () => ({ disagreement: 0.8 })),
        objectives,
        sizes,
        'molecule',
      ),
    ).not.toContain('agree');
    expect(
      adviceOn(
        many(12, () => ({})),
        objectives,
        sizes,
        'molecule',
      ),
    ).not.toContain('agree');
    expect(adviceOn(rising.slice(0, 5), objectives, sizes, 'molecule')).not.toContain('agree');
  });

  it('says for how many rounds the score has not risen', () => {
    const flat = (number: number) => (number <= 3 ? 0.4 + 0.1 * number : 0.65);
    expect(
      adviceOn(
        many(13, () => ({}), flat),
        objectives,
        sizes,
        'molecule',
      ),
    ).toContain('The mean score has not risen for 9 rounds');
    expect(
      adviceOn(
        many(11, () => ({}), flat),
        objectives,
        sizes,
        'molecule',
      ),
    ).not.toContain('not risen');
  });

  it('says that validity or diversity falls, the more pressing first', () => {
    expect(
      adviceOn([round(0, 0.4, { valid: 0.97 }), round(1, 0.5, { valid: 0.8 })], objectives, sizes, 'molecule'),
    ).toContain('Validity is falling: 80% of the molecules are valid, compared with 97% before training.');
    const narrow = adviceOn(
      [round(0, 0.4, { diversity: 0.86 }), round(1, 0.5, { diversity: 0.6 })],
      objectives,
      sizes,
      'dna',
    );
    expect(narrow).toContain(
      'The sequences are becoming similar: their diversity is 0.60, compared with 0.86 before training.',
    );
    expect(
      adviceOn(
        [round(0, 0.4, { diversity: 0.86 }), round(1, 0.5, { diversity: 0.6, valid: 0.5 })],
        objectives,
        sizes,
        'dna',
      ),
    ).not.toContain('alike');
  });

  it('says that few were valid before training as well, and blames no setting for it', () => {
    const few = adviceOn([round(0, 0.4, { valid: 0.6 }), round(1, 0.5, { valid: 0.6 })], objectives, sizes, 'molecule');
    expect(few).toContain('Only 60% of the molecules are valid. Before training, 60% were.');
    expect(few).not.toContain('learning rate');
  });

  it('names a loss of diversity that is no reason for an alarm yet', () => {
    const rounds = [round(0, 0.4, { diversity: 0.86 }), round(1, 0.5, { diversity: 0.66 })];
    expect(adviceOn(rounds, objectives, sizes, 'dna')).toContain('their diversity is 0.66');
    expect(alarmOn(rounds, sizes, 'dna')).toBeNull();
  });

  it('keeps silent about a fall that chance explains, as the alarm does', () => {
    const rounds = [round(0, 0.4, { valid: 0.95 }), round(1, 0.5, { valid: 0.75 })];
    const tiny = { final_samples: 8, measure_samples: 8 };
    expect(adviceOn(rounds, objectives, tiny, 'dna')).not.toContain('valid');
    expect(alarmOn(rounds, tiny, 'dna')).toBeNull();
    expect(adviceOn(rounds, objectives, sizes, 'dna')).toContain('Validity is falling');
    expect(alarmOn(rounds, sizes, 'dna')).toContain('validity fell');
  });
});
