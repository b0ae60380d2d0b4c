/** @file A candidate made again from what is recorded of it, to see whether the same comes out. */
import { z } from 'zod';
import { id, nothing, score } from './common.ts';

const byCandidate = z.object({ candidateId: id });

/** What came out where the candidate was. */
export const remakeVerdict = z.object({
  /** The same sequence, with the same values and scores. */
  same: z.boolean(),
  /** In the candidate's place; null where nothing valid is there. */
  sequence: z.string().nullable(),
  /** Values and scores that are others now; empty where the sequence is another. */
  differences: z.array(z.object({ what: z.string(), was: score, is: score })),
  /** Made by this version of the program, where that is another than now; null where it is the same. */
  software: z.string().nullable(),
});

/** One at a time. */
export const remakeState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('running'),
    candidateId: id,
    share: z.number().min(0).max(1),
    secondsLeft: z.number().nullable(),
  }),
  z.object({ state: z.literal('done'), candidateId: id, verdict: remakeVerdict }),
  z.object({ state: z.literal('failed'), candidateId: id, message: z.string() }),
]);

export const remakeMethods = {
  /** What it takes: rounds that are trained again and the seconds that they took; or why it is impossible. */
  'candidate.remakeCost': {
    params: byCandidate,
    result: z.object({ rounds: z.number().int(), seconds: z.number(), impossible: z.string().nullable() }),
  },
  /**
   * Begins, and returns at once; `remake` events tell how it goes. Nothing is stored.
   * @throws conflict where it is impossible, or another is under way
   */
  'candidate.remake': { params: byCandidate, result: remakeState },
  'candidate.remakeState': { params: nothing, result: remakeState },
  'candidate.cancelRemake': { params: nothing, result: remakeState },
} as const;

export const remakeTopics = { remake: { params: nothing, event: remakeState } } as const;

export type RemakeState = z.output<typeof remakeState>;
export type RemakeVerdict = z.output<typeof remakeVerdict>;
