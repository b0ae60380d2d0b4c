/** @file The known molecule that a candidate is most like. */
import { z } from 'zod';
import { id } from './common.ts';

/** Tanimoto similarity of ECFP4, by which environments occur. */
const similarity = z.number().min(0).max(1);

export const nearestMethods = {
  /**
   * The most similar approved drug, and the most similar of the molecules that the run's goals and limits compare
   * with.
   * @throws bad-input where the candidate is DNA
   */
  'candidate.nearest': {
    params: z.object({ candidateId: id }),
    result: z.object({
      drug: z.object({ name: z.string(), smiles: z.string(), similarity }),
      /** null where the run compares with nothing; its name where it is that of a drug. */
      reference: z.object({ name: z.string().nullable(), smiles: z.string(), similarity, of: z.string() }).nullable(),
    }),
  },
} as const;
