/** @file Reproduces a candidate from its record and compares the result. */
import { z } from 'zod';
import { id, nothing, score } from './common.ts';

const byCandidate = z.object({ candidateId: id });

/** What came out where the candidate was. */
const reproductionVerdict = z.object({
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
const reproductionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('running'),
    candidateId: id,
    share: z.number().min(0).max(1),
    secondsLeft: z.number().nullable(),
  }),
  z.object({ state: z.literal('done'), candidateId: id, verdict: reproductionVerdict }),
  z.object({ state: z.literal('failed'), candidateId: id, message: z.string() }),
]);

export const reproductionMethods = {
  /** What it takes: rounds that are trained again and the seconds that they took; or why it is impossible. */
  'reproduction.cost': {
    params: byCandidate,
    result: z.object({ rounds: z.number().int(), seconds: z.number(), impossible: z.string().nullable() }),
  },
  /**
   * Begins, and returns at once; events of `reproduction` tell how it goes. Nothing is stored.
   * @throws conflict where it is impossible, or another is under way
   */
  'reproduction.start': { params: byCandidate, result: reproductionState },
  'reproduction.state': { params: nothing, result: reproductionState },
  'reproduction.cancel': { params: nothing, result: reproductionState },
} as const;

export const reproductionTopics = { reproduction: { params: nothing, event: reproductionState } } as const;

export type ReproductionState = z.output<typeof reproductionState>;
export type ReproductionVerdict = z.output<typeof reproductionVerdict>;
