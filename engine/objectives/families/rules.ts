/** @file Rules of thumb as objectives: the number of a rule's bounds that a molecule breaks, and the CNS MPO sum. */
import { z } from 'zod';
import { cnsMpo as cnsMpoScore } from '../../chem/cns-mpo.ts';
import { ghose, leadLike, lipinski, type Rule, ruleOfThree, veber, violations } from '../../chem/rules.ts';
import { defineObjective, type MoleculeObjective, scoreEach } from '../molecules.ts';

const noParameters = z.object({});

interface RuleText {
  readonly id: string;
  readonly label: string;
  /** What the rule is for. Comes before "Counts the broken bounds". */
  readonly meaning: string;
  readonly source: string;
}

function ruleObjective(rule: Rule, { meaning, ...text }: RuleText): MoleculeObjective<typeof noParameters> {
  return {
    ...text,
    modality: 'molecule',
    unit: 'violations',
    description: `${meaning} The score is the number of broken bounds; 0 is best.`,
    parameters: noParameters,
    defaultGoal: { kind: 'lower', from: 0, to: 2 },
    typical: [0, rule.length],
    possible: [0, rule.length],
    prepare: () => scoreEach((molecule) => violations(rule, molecule.descriptors)),
  };
}

export const ruleObjectives = [
  ruleObjective(lipinski, {
    id: 'lipinski',
    label: 'Rule of five (Lipinski)',
    meaning:
      'Most drugs that the gut absorbs meet it: weight at most 500, logP at most 5, at most 5 hydrogens on N and O, at most 10 N and O atoms.',
    source:
      'Lipinski et al., Adv. Drug Deliv. Rev. 1997, 23, 3, with Crippen logP; RDKit MolWt, MolLogP, NHOHCount, NOCount',
  }),
  ruleObjective(veber, {
    id: 'veber',
    label: 'Veber rule',
    meaning: 'Favours absorption from the gut: at most 10 rotatable bonds, polar surface area (TPSA) at most 140 Å².',
    source: 'Veber et al., J. Med. Chem. 2002, 45, 2615; RDKit CalcNumRotatableBonds, CalcTPSA',
  }),
  ruleObjective(ghose, {
    id: 'ghose',
    label: 'Ghose filter',
    meaning:
      'Ranges that contain most known drugs: logP -0.4 to 5.6, molar refractivity 40 to 130, weight 160 to 480, 20 to 70 atoms with hydrogens.',
    source:
      'Ghose, Viswanadhan and Wendoloski, J. Comb. Chem. 1999, 1, 55, with Crippen logP and refractivity; RDKit MolLogP, MolMR, MolWt',
  }),
  ruleObjective(leadLike, {
    id: 'lead-like',
    label: 'Lead-likeness',
    meaning: 'Leaves room to grow into a drug: weight 250 to 350, logP at most 3.5, at most 7 rotatable bonds.',
    source:
      'Lead-like set of ZINC: Irwin et al., J. Chem. Inf. Model. 2012, 52, 1757, after Teague et al., Angew. Chem. Int. Ed. 1999, 38, 3743, with Crippen logP',
  }),
  ruleObjective(ruleOfThree, {
    id: 'rule-of-three',
    label: 'Rule of three (fragments)',
    meaning:
      'For screening fragments: weight at most 300; logP, H-bond donors, H-bond acceptors and rotatable bonds at most 3 each; polar surface area at most 60 Å².',
    source:
      'Congreve et al., Drug Discov. Today 2003, 8, 876, with Crippen logP; RDKit NumHDonors, NumHAcceptors, CalcNumRotatableBonds, CalcTPSA',
  }),
] as const;

export const cnsMpo = defineObjective({
  id: 'cns-mpo',
  label: 'Brain penetration (CNS MPO)',
  modality: 'molecule',
  unit: 'points',
  description:
    'Sum of six properties that favour drugs for the brain, 0 to 6. 74% of marketed ones have 4 or more. An estimate: pKa and logD come from a small table of functional groups with errors of about one unit, so a score may be off by about one point.',
  source:
    'Wager et al., ACS Chem. Neurosci. 2010, 1, 435, table 1. ClogP: Crippen logP; pKa: parent bases with shifts (engine/chem/ionisation.ts); ClogD: both; donors, weight and TPSA from RDKit',
  parameters: z.object({ pH: z.number().min(0).max(14).default(7.4).describe('pH at which logD is computed') }),
  defaultGoal: { kind: 'higher', from: 3, to: 5 },
  typical: [1, 6],
  possible: [0, 6],
  prepare: ({ pH }) => scoreEach((molecule) => cnsMpoScore(molecule, pH)),
});
