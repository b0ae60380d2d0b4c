/**
 * @file Objectives that judge a molecule as a whole: drug-likeness, SA score, likeness to natural products, structural
 * alerts.
 */
import { z } from 'zod';
import {
  type Alert,
  AlertMatcher,
  type AlertSet,
  alertSets,
  severityScore,
  usualAlertSets,
} from '../../chem/alerts.ts';
import { FragmentTable, UNLISTED } from '../../chem/fragments.ts';
import type { Molecule } from '../../chem/molecule.ts';
import { npScore } from '../../chem/npscore.ts';
import { qed as qedScore } from '../../chem/qed.ts';
import { saScore } from '../../chem/sascore.ts';
import { defineObjective, type MoleculeGroup, scoreEach } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { ReadResource } from '../types.ts';

export const qed = defineObjective({
  id: 'qed',
  label: 'Drug-likeness (QED)',
  modality: 'molecule',
  unit: '',
  description:
    'How much a molecule resembles oral drugs in size, polarity, rings and absence of structural alerts: 0 is not at all, 1 is perfectly.',
  source: 'Bickerton et al., Nature Chemistry 2012, 4, 90; RDKit Chem.QED.qed',
  parameters: z.object({}),
  defaultGoal: { kind: 'higher', from: 0.4, to: 0.9 },
  typical: [0, 1],
  possible: [0, 1],
  prepare: () => scoreEach(qedScore),
});

export const sa = defineObjective({
  id: 'sa',
  label: 'SA score',
  modality: 'molecule',
  unit: '',
  description:
    'Synthetic accessibility, estimated from common fragments and complexity. Lower is easier to make: 1 is easy, 10 is very hard. Most drugs are below 4.',
  source: 'Ertl and Schuffenhauer, J. Cheminform. 2009, 1, 8; RDKit Contrib/SA_Score',
  parameters: z.object({}),
  defaultGoal: { kind: 'lower', from: 2, to: 5 },
  typical: [1, 8],
  possible: [1, 10],
  prepare: (_parameters, { fragments }) => scoreEach((molecule) => saScore(molecule, fragments)),
});

const naturalFragments = onceFor(
  (resource: ReadResource) => new FragmentTable(resource('npscore/npscore.bin.gz'), UNLISTED.np),
);

export const np = defineObjective({
  id: 'np',
  label: 'Likeness to natural products',
  modality: 'molecule',
  unit: '',
  description:
    'Whether the fragments are those of natural products (above 0, up to 5) or of synthetic molecules (below 0, down to -5). Most drugs lie between -2 and 1.',
  source: 'Ertl, Roggo and Schuffenhauer, J. Chem. Inf. Model. 2008, 48, 68; RDKit Contrib/NP_Score',
  parameters: z.object({}),
  defaultGoal: { kind: 'higher', from: -1, to: 2 },
  typical: [-3, 4],
  possible: [-Infinity, Infinity],
  prepare(_parameters, { resource }) {
    const table = naturalFragments(resource);
    return scoreEach((molecule) => npScore(molecule, table));
  },
});

export const alerts = defineObjective({
  id: 'alerts',
  label: 'Structural alerts',
  modality: 'molecule',
  unit: 'hits',
  description: 'Number of problematic groups: groups that tend to react, to be toxic or to interfere with assays.',
  source:
    'PAINS: Baell and Holloway, J. Med. Chem. 2010, 53, 2719; Brenk et al., ChemMedChem 2008, 3, 435; NIBR: Schuffenhauer et al., J. Med. Chem. 2020, 63, 14425; MCF: Polykovskiy et al., Front. Pharmacol. 2020, 11, 565644',
  parameters: z.object({
    sets: z
      .array(z.enum(alertSets))
      .min(1)
      .default([...usualAlertSets])
      .describe(
        'Collections of alerts to search. pains and brenk are the usual ones, mcf has the medicinal chemistry filters of MOSES, nibr the triage of Novartis, and the rest come from ChEMBL',
      ),
  }),
  defaultGoal: { kind: 'lower', from: 0, to: 2 },
  typical: [0, 4],
  possible: [0, Infinity],
  prepare({ sets }, { alerts: all }) {
    const matcher = new AlertMatcher(all, sets);
    return scoreEach((molecule) => matcher.alerts(molecule).length);
  },
  groups: ({ sets }, molecule, { alerts: all }) => alertGroups(all, sets, molecule),
});

export const nibrSeverity = defineObjective({
  id: 'nibr-severity',
  label: 'Screening triage (NIBR)',
  modality: 'molecule',
  unit: '',
  description:
    'How Novartis triages screening hits by structure: 0 is clean, each flagged group adds 1, and 10 means that a group excludes the molecule.',
  source: 'Schuffenhauer et al., J. Med. Chem. 2020, 63, 14425; RDKit Contrib/NIBRSubstructureFilters',
  parameters: z.object({}),
  defaultGoal: { kind: 'lower', from: 0, to: 10 },
  typical: [0, 10],
  possible: [0, Infinity],
  prepare(_parameters, { alerts: all }) {
    const matcher = new AlertMatcher(all, ['nibr']);
    return scoreEach((molecule) => severityScore(matcher.alerts(molecule)));
  },
  groups: (_parameters, molecule, { alerts: all }) => alertGroups(all, ['nibr'], molecule),
});

/** NIBR's severities in words. */
const SEVERITIES = ['to note', 'flagged', 'excludes'] as const;

/** Alerts of these sets in a molecule. */
export function alertGroups(alerts: readonly Alert[], sets: readonly AlertSet[], molecule: Molecule): MoleculeGroup[] {
  const hits = new AlertMatcher(alerts, sets).hits(molecule);
  return hits.map(({ set, name, matches, severity }) => ({
    kind: 'alert',
    of: set,
    name: name.replaceAll('_', ' '),
    matches,
    note: severity === null ? '' : SEVERITIES[severity],
  }));
}
