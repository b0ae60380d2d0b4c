/** @file Melting temperature as an objective. */
import { z } from 'zod';
import { meltingTemperature } from '../../../dna/melting.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';

export const tm = defineDnaObjective({
  id: 'tm',
  label: 'Melting temperature',
  modality: 'dna',
  unit: '°C',
  description:
    'Temperature at which half of the strands are paired with their complements. For oligos such as primers and probes of up to about 60 bases. For longer sequences it depends on little but GC content.',
  source:
    'SantaLucia, PNAS 1998, 95, 1460 (unified nearest neighbours, salt correction of the entropy); Biopython Tm_NN with DNA_NN3 and saltcorr=5; magnesium after von Ahsen et al., Clin. Chem. 2001, 47, 1956',
  parameters: z.object({
    oligo: z.number().min(0.001).max(1e7).default(250).describe('Concentration of each strand, nM'),
    sodium: z.number().min(1).max(5000).default(50).describe('Concentration of sodium or other monovalent cations, mM'),
    magnesium: z
      .number()
      .min(0)
      .max(500)
      .default(0)
      .describe('Concentration of free magnesium, mM: what is not bound to nucleotides'),
  }),
  defaultGoal: { kind: 'target', value: 60, tolerance: 5 },
  typical: [30, 90],
  possible: [-273.15, 200],
  prepare: (conditions) => scoreEachSequence((sequence) => meltingTemperature(sequence, conditions)),
});
