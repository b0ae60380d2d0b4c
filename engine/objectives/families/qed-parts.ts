/**
 * The eight parts of QED as objectives of their own. Each gives the part's
 * desirability, a curve fitted to oral drugs, and not the property under it.
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
    description: `How usual ${property} is among oral drugs: 1 the most usual value, near 0 an unusual one. One of the eight parts that QED is made of.`,
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
  part('qed-alogp', 'ALOGP', 'logP', 'the preference for oil over water (logP)'),
  part('qed-hba', 'HBA', 'H-bond acceptors', 'the number of hydrogen bond acceptors, by the count of QED,'),
  part('qed-hbd', 'HBD', 'H-bond donors', 'the number of hydrogen bond donors'),
  part('qed-psa', 'PSA', 'polar surface', 'the polar surface (TPSA)'),
  part('qed-rotb', 'ROTB', 'rotatable bonds', 'the number of rotatable bonds'),
  part('qed-arom', 'AROM', 'aromatic rings', 'the number of aromatic rings, by the count of QED,'),
  part('qed-alerts', 'ALERTS', 'structural alerts', 'the number of suspicious groups, from the 116 of QED,'),
] as const;
