/** @file How far blends go beyond the experts, in words. */

/** What the window offers. */
export const REACHES = [1, 2, 4, 8] as const;

export function reachWords(reach: number): string {
  if (reach === 1) return 'Between the experts as they were trained.';
  if (reach < 1) return 'Nearer to the run’s end than the experts are.';
  return `Exaggerates ${reach}-fold what sets the experts apart; too much makes invalid ones.`;
}
