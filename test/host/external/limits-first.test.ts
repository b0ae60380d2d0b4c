/** What is sent to an external scorer: valid sequences within the hard limits, each once. */
import { expect, it } from 'vitest';
import type { ScoredSequence, ScoringRequest } from '../../../engine/objectives/types.ts';
import { withExternalScores } from '../../../host/external/external-scorers.ts';

const request: ScoringRequest = {
  modality: 'molecule',
  objectives: [
    { id: 'qed', parameters: {} },
    { id: 'command', parameters: { command: 'dock' } },
  ],
  constraints: [{ id: 'mw', parameters: {} }],
};

/** The length of a sequence is its limited value; "x" is invalid, "?" has no value. */
const score = async (sequences: readonly string[]): Promise<ScoredSequence[]> =>
  sequences.map((text) => {
    const valid = text !== 'x';
    const limited = !valid || text === '?' ? null : text.length;
    return { canonical: valid ? text : null, scaffold: '', raw: [valid ? 0.5 : null, null], constraints: [limited] };
  });

async function sent(limit: { readonly max: number; readonly tolerance: number }, sequences: readonly string[]) {
  const asked: string[] = [];
  const external = async (canonical: readonly string[]) => {
    asked.push(...canonical);
    return [canonical.map(() => 7)];
  };
  const scored = await withExternalScores(score, request, external, [{ min: -Infinity, ...limit }])(sequences);
  return { asked, scores: scored.map(({ raw }) => raw[1]) };
}

it('sends what is valid and keeps the hard limits, once', async () => {
  expect(await sent({ max: 2, tolerance: 0 }, ['C', 'CC', 'CCC', 'x', 'C', '?'])).toEqual({
    asked: ['C', 'CC', '?'],
    scores: [7, 7, null, null, 7, 7],
  });
});

it('sends what a soft limit only lowers', async () => {
  expect((await sent({ max: 2, tolerance: 1 }, ['C', 'CCC'])).asked).toEqual(['C', 'CCC']);
});
