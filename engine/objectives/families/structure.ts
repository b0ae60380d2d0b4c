/**
 * Objectives that compare a molecule with a structure the user gives: a
 * reference molecule, or a substructure wanted or unwanted.
 */
import { z } from 'zod';
import type { Pattern } from '../../chem/pattern.ts';
import { StructureError } from '../../chem/errors.ts';
import type { CountFingerprint } from '../../chem/morgan.ts';
import { tanimotoBits, tanimotoCounts } from '../../chem/similarity.ts';
import { defineObjective, scoreEach, type MoleculeContext } from '../molecules.ts';
import { ParameterError } from '../types.ts';

const RADIUS = { ecfp4: 2, ecfp6: 3 } as const;
const COMPARE = { bits: tanimotoBits, counts: tanimotoCounts } as const;

export const similarity = defineObjective({
  id: 'similarity',
  label: 'Similarity to a reference',
  domain: 'molecule',
  unit: '',
  description: 'How much of the reference molecule is found again: 1 is the same, below 0.3 two molecules have little in common.',
  source: 'Tanimoto coefficient of Morgan fingerprints (unfolded): Rogers and Hahn, J. Chem. Inf. Model. 2010, 50, 742',
  parameters: z.object({
    reference: z.string().min(1).meta({ input: 'structure' }).describe('Name of a drug, or SMILES of the molecule to resemble'),
    fingerprint: z.enum(['ecfp4', 'ecfp6']).default('ecfp4').describe('Size of the atom surroundings compared: two bonds (ecfp4) or three (ecfp6)'),
    measure: z.enum(['bits', 'counts']).default('bits').describe('Compare which surroundings occur (bits) or also how often (counts)'),
  }),
  defaultGoal: { kind: 'higher', from: 0.2, to: 0.6 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ reference, fingerprint, measure }, context) {
    const radius = RADIUS[fingerprint];
    const target = referenceFingerprint(reference, radius, context);
    const compare = COMPARE[measure];
    return scoreEach((molecule) => compare(molecule.morgan(radius), target));
  },
});

function referenceFingerprint(reference: string, radius: number, { rdkit }: MoleculeContext): CountFingerprint {
  const molecule = rdkit.parse(reference);
  if (!molecule) throw new ParameterError('reference', `"${reference}" is not a valid SMILES`);
  try {
    return molecule.morgan(radius);
  } finally {
    molecule.dispose();
  }
}

const smarts = z.string().min(1);

export const substructure = defineObjective({
  id: 'substructure',
  label: 'Required substructure',
  domain: 'molecule',
  unit: '',
  description: '1 where the molecule contains the substructure, 0 where not.',
  source: 'RDKit substructure search; Daylight SMARTS',
  parameters: z.object({ smarts: smarts.describe('Substructure to keep, as SMARTS or SMILES') }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare(parameters, context) {
    const pattern = preparePattern(parameters.smarts, context);
    return scoreEach((molecule) => (molecule.has(pattern) ? 1 : 0), () => pattern.dispose());
  },
});

export const noSubstructure = defineObjective({
  id: 'no-substructure',
  label: 'Forbidden substructure',
  domain: 'molecule',
  unit: 'matches',
  description: 'How often the substructure occurs; 0 is wanted.',
  source: 'RDKit substructure search; Daylight SMARTS',
  parameters: z.object({ smarts: smarts.describe('Substructure to avoid, as SMARTS or SMILES') }),
  defaultGoal: { kind: 'lower', from: 0, to: 1 },
  typical: [0, 4],
  possible: [0, Infinity],
  prepare(parameters, context) {
    const pattern = preparePattern(parameters.smarts, context);
    return scoreEach((molecule) => molecule.matches(pattern).length, () => pattern.dispose());
  },
});

function preparePattern(text: string, { rdkit }: MoleculeContext): Pattern {
  try {
    return rdkit.pattern(text);
  } catch (error) {
    if (error instanceof StructureError) throw new ParameterError('smarts', error.message);
    throw error;
  }
}
