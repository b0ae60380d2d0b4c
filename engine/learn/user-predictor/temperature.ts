/**
 * @file Calibrates probabilities: log-odds are divided by one number, fitted on held-out molecules (Guo et al., ICML
 * 2017, "temperature scaling").
 */
import type { MessageWeights } from '../../predictor/message-passing.ts';

/** Temperatures that are tried, 3% apart. */
const TRIED = Array.from({ length: 120 }, (_, i) => 0.3 * 1.03 ** i);

/** The temperature with the least log loss. */
export function temperatureOf(rows: readonly { readonly odds: number; readonly isPositive: boolean }[]): number {
  const loss = (temperature: number) =>
    rows.reduce(
      (sum, { odds, isPositive }) => sum + Math.log1p(Math.exp(((isPositive ? -1 : 1) * odds) / temperature)),
      0,
    );
  const losses = TRIED.map(loss);
  return TRIED[losses.indexOf(Math.min(...losses))];
}

export const isTempered = (temperature: number): boolean => temperature !== 1;

/** The same network with its log-odds divided by the temperature. */
export function tempered(weights: MessageWeights, temperature: number): MessageWeights {
  const divided = (values: Float32Array) => values.map((value) => value / temperature);
  return { ...weights, headOut: divided(weights.headOut), headOutBias: divided(weights.headOutBias) };
}
