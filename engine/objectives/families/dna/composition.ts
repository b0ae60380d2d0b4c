/**
 * Objectives of what a DNA sequence is made of.
 */
import { z } from 'zod';
import { gcContent } from '../../../dna/composition.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

export const gc = defineDnaObjective({
  id: 'gc',
  label: 'GC content',
  domain: 'dna',
  unit: '',
  description: 'Share of G and C among the bases: 0 none, 1 all. Between 0.4 and 0.6 a sequence is easy to synthesise and to amplify.',
  source: 'Count of G and C over the length; Biopython Bio.SeqUtils.gc_fraction',
  parameters: z.object({}),
  defaultGoal: { kind: 'range', low: 0.4, high: 0.6, tolerance: 0.1 },
  typical: [0.2, 0.8],
  possible: [0, 1],
  prepare: () => scoreEachSequence(gcContent),
});

export const compositionObjectives = [gc] as const;
