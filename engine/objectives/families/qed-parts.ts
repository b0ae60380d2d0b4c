/**
 * @file The eight parts of QED as separate objectives. Each gives the desirability of one property, a curve fitted to
 * oral drugs, and not the property itself.
 */
import { z } from 'zod';
import { qedDesirability, type QedPart } from '../../chem/qed.ts';
import { type MoleculeObjective, scoreEach } from '../molecules.ts';

const noParameters = z.object({});

function part(id: string, name: QedPart, label: string, property: string): MoleculeObjective<typeof noParameters> {
  return {
    id,
    label: `QED part: ${label}`,
    modality: 'molecule',
    unit: '',
    description: `How common ${property} is among oral drugs: 1 for the most common value, near 0 for a rare one. One of the eight parts of QED.`,
    source: `Bickerton et al., Nature Chemistry 2012, 4, 90, equation 1; RDKit QED.ads of QED.properties, ${name}`,
    parameters: noParameters,
    defaultGoal: { kind: 'higher', from: 0.3, to: 0.9 },
    typical: [0, 1],
    possible: [0, 1],
    prepare: () => scoreEach((molecule) => qedDesirability(molecule, name)),
  };
}

export const qedParts = [
  part('qed-mw', 'MW', 'molecular weight', 'the molecular weight'),
  part('qed-alogp', 'ALOGP', 'logP', 'the preference for octanol over water (logP)'),
  part('qed-hba', 'HBA', 'H-bond acceptors', 'the number of hydrogen bond acceptors, as QED counts them,'),
  part('qed-hbd', 'HBD', 'H-bond donors', 'the number of hydrogen bond donors'),
  part('qed-psa', 'PSA', 'polar surface', 'the polar surface area (TPSA)'),
  part('qed-rotb', 'ROTB', 'rotatable bonds', 'the number of rotatable bonds'),
  part('qed-arom', 'AROM', 'aromatic rings', 'the number of aromatic rings, as QED counts them,'),
  part('qed-alerts', 'ALERTS', 'structural alerts', 'the number of structural alerts, from the 116 of QED,'),
] as const;
