/**
 * @file Finds the form field to which a problem of a design belongs. Paths are keys and indices, "objective.0.weight".
 */
import type { Problem } from '../../contract/api.ts';
import { capital } from './format.ts';

/** One spelling for "objective[0].weight" and "objective.0.weight". */
function normalPath(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1').replace(/^\./, '');
}

/** Problems of this field or a part of it ("range" includes "range.0"). */
export function problemsAt(problems: readonly Problem[], field: string): Problem[] {
  return problems.filter(({ path }) => within(normalPath(path), field));
}

/** Problems below a path that belong to none of its shown fields. */
export function problemsBelow(problems: readonly Problem[], place: string, fields: readonly string[]): Problem[] {
  return problemsAt(problems, place).filter(
    ({ path }) => !fields.some((field) => within(normalPath(path), `${place}.${field}`)),
  );
}

/** Problems that belong to none of the paths. */
export function problemsElsewhere(problems: readonly Problem[], places: readonly string[]): Problem[] {
  return problems.filter(({ path }) => !places.some((place) => within(normalPath(path), place)));
}

function within(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

/** The message with the host's suggestion, as one text. */
export function problemText({ message, suggestion }: Problem): string {
  return suggestion === undefined || message.includes(suggestion)
    ? message
    : `${message} Did you mean “${suggestion}”?`;
}

/** Names of parameters that need more than replaced underscores. */
const plainWords: Readonly<Record<string, string>> = {
  kl: 'KL',
  ph: 'pH',
  smarts: 'SMARTS',
  top_p: 'Top-p',
  p: 'p-value threshold',
  gc: 'Background GC content',
  min_gc: 'Minimum GC',
  max_gc: 'Maximum GC',
  window_min_gc: 'Minimum GC in a window',
  window_max_gc: 'Maximum GC in a window',
  window_spread: 'GC difference of windows',
  run_at: 'Run of A or T',
  run_gc: 'Run of G or C',
  repeat: 'Length of repeats',
  stem: 'Stem of hairpins',
  sites: 'Forbidden enzymes',
  min_length: 'Minimum length',
  max_length: 'Maximum length',
};

/** "experts_a_round" -> "Experts a round". */
export function parameterWords(name: string): string {
  const spaced = name.replaceAll('_', ' ');
  return plainWords[name] ?? capital(spaced);
}
