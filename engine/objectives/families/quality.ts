/**
 * Objectives that judge a molecule as a whole: drug-likeness, ease of
 * synthesis, structural alerts.
 */
import { z } from 'zod';
import { AlertMatcher, alertSets } from '../../chem/alerts.ts';
import { qed as qedScore } from '../../chem/qed.ts';
import { saScore } from '../../chem/sascore.ts';
import { defineObjective, scoreEach } from '../molecules.ts';

export const qed = defineObjective({
  id: 'qed',
  label: 'Drug-likeness (QED)',
  domain: 'molecule',
  unit: '',
  description: 'How much a molecule resembles oral drugs in size, polarity, rings and absence of bad groups: 0 not at all, 1 perfectly.',
  source: 'Bickerton et al., Nature Chemistry 2012, 4, 90; RDKit Chem.QED.qed',
  parameters: z.object({}),
  defaultGoal: { kind: 'higher', from: 0.4, to: 0.9 },
  typical: [0, 1],
  possible: [0, 1],
  prepare: () => scoreEach(qedScore),
});

export const sa = defineObjective({
  id: 'sa',
  label: 'Ease of synthesis (SA score)',
  domain: 'molecule',
  unit: '',
  description: 'Estimated difficulty of making it, from common fragments and complexity: 1 easy, 10 very hard. Most drugs are below 4.',
  source: 'Ertl and Schuffenhauer, J. Cheminform. 2009, 1, 8; RDKit Contrib/SA_Score',
  parameters: z.object({}),
  defaultGoal: { kind: 'lower', from: 2, to: 5 },
  typical: [1, 8],
  possible: [1, 10],
  prepare: (_parameters, { fragments }) => scoreEach((molecule) => saScore(molecule, fragments)),
});

export const alerts = defineObjective({
  id: 'alerts',
  label: 'Structural alerts',
  domain: 'molecule',
  unit: 'hits',
  description: 'Number of suspicious groups: those that tend to react, to be toxic, or to light up in every assay.',
  source: 'PAINS: Baell and Holloway, J. Med. Chem. 2010, 53, 2719; Brenk et al., ChemMedChem 2008, 3, 435',
  parameters: z.object({
    sets: z
      .array(z.enum(alertSets))
      .min(1)
      .default([...alertSets])
      .describe('Which collections of alerts to look for'),
  }),
  defaultGoal: { kind: 'lower', from: 0, to: 2 },
  typical: [0, 4],
  possible: [0, Infinity],
  prepare({ sets }, { alerts: all }) {
    const matcher = new AlertMatcher(all, sets);
    return scoreEach((molecule) => matcher.hits(molecule).length);
  },
});
