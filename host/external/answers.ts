/**
 * The lines that an external scorer and the host exchange. A question is
 * {"id": 1, "sequences": ["CCO", ...]}, its answer {"id": 1, "scores": [0.5, null, ...]}
 * or {"id": 1, "error": "why"}; one score may be {"error": "why"} too.
 */
import { z } from 'zod';

/** A score that the external scorer could not compute. */
interface ItemFailure {
  readonly error: string;
}

/** A number, null if the scorer reports no value, or the reason for a failure. */
export type Item = number | null | ItemFailure;

export type Answer =
  { readonly id: number; readonly items: readonly Item[] } | { readonly id: number; readonly error: string };

const id = z.number().int();
const answer = z.union([z.object({ id, scores: z.array(z.unknown()) }), z.object({ id, error: z.string() })]);
const failure = z.object({ error: z.string() });

export function questionLine(number: number, sequences: readonly string[]): string {
  return `${JSON.stringify({ id: number, sequences })}\n`;
}

/** @returns null for a line that is not an answer */
export function parseAnswer(line: string): Answer | null {
  const { success, data } = answer.safeParse(parseJson(line));
  if (!success) return null;
  return 'scores' in data ? { id: data.id, items: data.scores.map(itemOf) } : data;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return parseWithoutNaN(line);
  }
}

/** Python's json module writes NaN and Infinity, which JSON does not have. */
function parseWithoutNaN(line: string): unknown {
  try {
    return JSON.parse(line.replace(/(?<=[[,:]\s*)(NaN|-?Infinity)(?=\s*[\],}])/g, '{"error":"$1"}'));
  } catch {
    return null;
  }
}

function itemOf(value: unknown): Item {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  const { success, data } = failure.safeParse(value);
  return success ? data : { error: `${JSON.stringify(value).slice(0, 80)} is not a number` };
}
