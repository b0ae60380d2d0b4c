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
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        current[j] = Math.min(current[j], older[j - 2] + 1);
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

/** Edits up to which a name may be what was meant, so that "EcroI" offers EcoRI. */
const MOST_EDITS = 2;

/**
 * Names for a text that is still being typed, whatever the case: those that start
 * with it, those that hold it, then misspelt ones; within each the shortest first.
 */
export function namesNear(text: string, names: readonly string[], limit: number): string[] {
  const wanted = text.trim().toLowerCase();
  const ranked = names
    .map((name) => ({ name, rank: rankOf(wanted, name.toLowerCase()) }))
    .filter(({ rank }) => rank < Infinity);
  return ranked
    .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length)
    .slice(0, limit)
    .map(({ name }) => name);
}

function rankOf(wanted: string, name: string): number {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  // Of short texts everything is a few edits away.
  const edits =
    wanted.length > MOST_EDITS + 1 && Math.abs(wanted.length - name.length) <= MOST_EDITS
      ? editDistance(wanted, name)
      : Infinity;
  return edits <= MOST_EDITS ? 1 + edits : Infinity;
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
