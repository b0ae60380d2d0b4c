/**
 * Entry of the process that runs a user's module as an external scorer: loads the file
 * that it is given, then answers the questions of external/answers.ts with what the
 * exported function "score" returns. It knows nothing about the host.
 */
import { Console } from 'node:console';
import { register } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

type Score = (sequences: readonly string[]) => unknown;

const question = z.object({ id: z.number(), sequences: z.array(z.string()) });

// Standard output is reserved for answers; whatever the module prints goes to standard error.
globalThis.console = new Console(process.stderr);

function answer(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** @throws Error if the file cannot be loaded or does not export a function "score" */
async function load(file: string): Promise<Score> {
  // TypeScript that the module imports is loaded by the same hooks as the module itself.
  register('./typescript-hooks.js', import.meta.url);
  const { score } = (await import(pathToFileURL(file).href)) as { score?: unknown };
  if (typeof score !== 'function') throw new Error(`${file} does not export a function "score".`);
  return score as Score;
}

async function reply(score: Score, line: string): Promise<void> {
  const { id, sequences } = question.parse(JSON.parse(line));
  try {
    const scores = await score(sequences);
    answer(
      Array.isArray(scores) ? { id, scores: scores.map(plain) } : { id, error: 'score() did not return an array' },
    );
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** JSON has no NaN: it would arrive as null, which means that there is no score. */
function plain(value: unknown): unknown {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  return { error: `score() returned ${String(value)}` };
}

try {
  const score = await load(process.argv[2]);
  for await (const line of createInterface({ input: process.stdin })) await reply(score, line);
} catch (error) {
  // The host shows the last line of standard error.
  process.stderr.write(`${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')}\n`);
  process.exit(1);
}
