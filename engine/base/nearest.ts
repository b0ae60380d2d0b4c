/** @file The valid name that a mistyped name most likely stands for, for error messages. */

/** Edits (insert, delete, replace, swap neighbours) between two words: the optimal string alignment distance. */
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

/** Names that need more edits than their length divided by this are different names. */
const LETTERS_PER_EDIT = 3;
/** Fewest letters of a name that may stand for a longer name that contains it. */
const SHORTEST_PART = 3;

/**
 * The closest of the choices, ignoring case.
 * A choice is close enough if at most a third of the letters of the longer word differ (a word of two or more letters
 * may always differ by one), or if one of the two words contains the other.
 * @returns undefined if no choice is close enough
 */
export function nearest(name: string, choices: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  let [best, fewest]: [string | undefined, number] = [undefined, Infinity];
  for (const choice of choices) {
    const edits = editDistance(given, choice.toLowerCase());
    if (edits < fewest && isClose(given, choice.toLowerCase(), edits)) [best, fewest] = [choice, edits];
  }
  return best;
}

function isClose(a: string, b: string, edits: number): boolean {
  const longer = Math.max(a.length, b.length);
  const allowed = longer < 2 ? 0 : Math.max(1, Math.floor(longer / LETTERS_PER_EDIT));
  const contained = Math.min(a.length, b.length) >= SHORTEST_PART && (a.includes(b) || b.includes(a));
  return edits <= allowed || contained;
}

/** Most edits of a name that is still being typed, so that "EcroI" offers EcoRI. */
const MOST_EDITS = 2;

/**
 * Names that match a text that is still being typed, ignoring case: first those that start with it, then those that
 * contain it, then misspelt ones. Each group begins with its shortest name.
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
  // Every name is only a few edits away from a short text.
  const edits =
    wanted.length > MOST_EDITS + 1 && Math.abs(wanted.length - name.length) <= MOST_EDITS
      ? editDistance(wanted, name)
      : Infinity;
  return edits <= MOST_EDITS ? 1 + edits : Infinity;
}

/** A list of more choices than this does not help. */
const MOST_LISTED = 16;

/** ' Did you mean "x"?' for the end of an error message; '' if no choice is close enough. */
export function didYouMean(name: string, choices: readonly string[]): string {
  const closest = nearest(name, choices);
  return closest === undefined ? '' : ` Did you mean "${closest}"?`;
}

/** ' Did you mean "x"? Valid: ...' for the end of an error message. A long list of choices is not printed. */
export function suggestion(name: string, choices: readonly string[]): string {
  const list = choices.length === 0 || choices.length > MOST_LISTED ? '' : ` Valid: ${choices.join(', ')}.`;
  return `${didYouMean(name, choices)}${list}`;
}
