/** @file How far blends go beyond the experts, in words. */

/** What the window offers. */
export const REACHES = [1, 2, 4, 8] as const;

export function reachWords(reach: number): string {
  if (reach === 1) return 'Blends the experts as they were trained.';
  if (reach < 1) return 'Closer to the final merge than the experts.';
  return `Pushes ${reach} times as far towards the goals. A high reach gives more invalid molecules.`;
}
