/**
 * The valid name that a mistyped one most likely meant, for error messages.
 */

/** Edits (insert, delete, replace, swap of neighbours) between two words: optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) current[j] = Math.min(current[j], older[j - 2] + 1);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length];
}

/** The closest of `choices`, ignoring case; undefined where there are none. */
export function nearest(name: string, choices: readonly string[]): string | undefined {
  const distances = choices.map((choice) => editDistance(name.toLowerCase(), choice.toLowerCase()));
  const best = Math.min(...distances);
  return choices[distances.indexOf(best)];
}

/** More choices than this fill a screen without helping. */
const MOST_LISTED = 16;

/** ' Did you mean "x"? Valid: ...' for the end of an error message; a long list of choices is not printed. */
export function suggestion(name: string, choices: readonly string[]): string {
  const closest = nearest(name, choices);
  if (closest === undefined) return '';
  const list = choices.length > MOST_LISTED ? '' : ` Valid: ${choices.join(', ')}.`;
  return ` Did you mean "${closest}"?${list}`;
}
