/** Words of a command line that name seeds and run settings. */
import type { Settings } from './run.ts';

/** "3" is seeds 1 to 3; "2-4" is that range. */
export function seedsOf(text: string): number[] {
  const [from, to] = text.includes('-') ? text.split('-').map(Number) : [1, Number(text)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** "KEY=VALUE,KEY=VALUE" */
export function settingsOf(text: string): Settings {
  const value = (word: string) =>
    word === 'true' || word === 'false' ? word === 'true' : Number.isNaN(Number(word)) ? word : Number(word);
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(pairs.map((pair) => pair.split('=')).map(([key, word]) => [key, value(word)]));
}
