/** @file Reproduces a candidate from its record and compares the result. */
import { z } from 'zod';
import { id, nothing, score } from './common.ts';

const byCandidate = z.object({ candidateId: id });

/** The result of a reproduction. */
const reproductionVerdict = z.object({
  /** Whether sequence, values and scores are the same. */
  same: z.boolean(),
  /** The sequence in the candidate's place; null if it is invalid. */
  sequence: z.string().nullable(),
  /** Values and scores that differ; empty if the sequence differs. */
  differences: z.array(z.object({ what: z.string(), was: score, is: score })),
  /** The version of the program that made the candidate; null if it is the present one. */
  software: z.string().nullable(),
});

/** The reproduction in progress; one at a time. */
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
  /** The cost: rounds to train again and the seconds that they took; or why it is impossible. */
  'reproduction.cost': {
    params: byCandidate,
    result: z.object({ rounds: z.number().int(), seconds: z.number(), impossible: z.string().nullable() }),
  },
  /**
   * Starts a reproduction and returns at once; `reproduction` events report its progress. Nothing is stored. @throws
   * conflict if it is impossible, or another one is in progress
   */
  'reproduction.start': { params: byCandidate, result: reproductionState },
  'reproduction.state': { params: nothing, result: reproductionState },
  'reproduction.cancel': { params: nothing, result: reproductionState },
} as const;

export const reproductionTopics = { reproduction: { params: nothing, event: reproductionState } } as const;

export type ReproductionState = z.output<typeof reproductionState>;
export type ReproductionVerdict = z.output<typeof reproductionVerdict>;
