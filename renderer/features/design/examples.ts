/** @file The example that an address names, or the nearest one. */
import type { Catalogue } from '../../../contract/api.ts';

type Example = Catalogue['examples'][number];

const stem = (file: string): string => file.replace(/\.toml$/, '').toLowerCase();

/** @param name file of the example, with or without its ending */
export function exampleNamed(examples: readonly Example[], name: string): Example | undefined {
  return examples.find(({ file }) => stem(file) === stem(name));
}

/** The example whose file shares the largest part of its pairs of letters with a name; undefined if there is none. */
export function nearestExample(examples: readonly Example[], name: string): Example | undefined {
  const wanted = pairsOf(stem(name));
  const likeness = ({ file }: Example): number => shared(pairsOf(stem(file)), wanted);
  return examples.toSorted((a, b) => likeness(b) - likeness(a)).at(0);
}

function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}

/** Dice, Ecology 1945, 26, 297. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size);
}
