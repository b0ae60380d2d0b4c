import type { RoundMetrics } from '../../../contract/api.ts';

/** A round of a healthy run. */
export const roundMetrics = (number: number, more: Partial<RoundMetrics> = {}): RoundMetrics => ({
  round: number,
  step: number,
  scored: 1,
  mergeWeights: [],
  expertSpread: null,
  disagreement: null,
  diversity: null,
  valid: 0.95,
  unique: 1,
  total: 0.5,
  objectives: [],
  constraints: [],
  experts: [],
  scaffolds: 1,
  seconds: 1,
  ...more,
});
