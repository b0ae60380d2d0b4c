/** @file How far blends go beyond the experts, in words. */

/** What the window offers. */
export const REACHES = [1, 2, 4, 8] as const;

export function reachWords(reach: number): string {
  if (reach === 1) return 'Blends lie between the experts as they were trained.';
  if (reach < 1) return 'Blends stay nearer to the run’s end than the experts are.';
  return `Blends exaggerate ${reach}-fold what sets the experts apart. More reach, stronger trade-offs; too much of it makes invalid ones.`;
}
