/** @file Objectives that count a substructure in a molecule, wanted or unwanted. */
import { z } from 'zod';
import { ParameterError } from '../../base/parameter-error.ts';
import { StructureError } from '../../chem/errors.ts';
import type { Molecule } from '../../chem/molecule.ts';
import type { Pattern } from '../../chem/pattern.ts';
import { defineObjective, type MoleculeContext, type MoleculeGroup, scoreEach } from '../molecules.ts';

const smarts = z.string().min(1).meta({ input: 'pattern' });

/** As generation around a scaffold keeps the configurations that are drawn. */
const stereo = z
  .boolean()
  .default(true)
  .describe(
    'Whether stereo marks of the substructure (@, /, \\) must match; a molecule without them does not match then',
  );

export const substructure = defineObjective({
  id: 'substructure',
  label: 'Required substructure',
  modality: 'molecule',
  unit: '',
  description: '1 if the molecule contains the substructure; otherwise 0.',
  source: 'RDKit substructure search; Daylight SMARTS',
  parameters: z.object({ smarts: smarts.describe('Substructure to require, as SMARTS or SMILES'), stereo }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare(parameters, context) {
    const pattern = preparePattern(parameters, context);
    return scoreEach(
      (molecule) => (molecule.has(pattern) ? 1 : 0),
      () => pattern.dispose(),
    );
  },
  groups: (parameters, molecule, context) => patternGroups('Required substructure', parameters, molecule, context),
});

export const noSubstructure = defineObjective({
  id: 'no-substructure',
  label: 'Forbidden substructure',
  modality: 'molecule',
  unit: 'matches',
  description: 'Number of occurrences of the substructure; 0 is best.',
  source: 'RDKit substructure search; Daylight SMARTS',
  parameters: z.object({ smarts: smarts.describe('Substructure to avoid, as SMARTS or SMILES'), stereo }),
  defaultGoal: { kind: 'lower', from: 0, to: 1 },
  typical: [0, 4],
  possible: [0, Infinity],
  prepare(parameters, context) {
    const pattern = preparePattern(parameters, context);
    return scoreEach(
      (molecule) => molecule.matches(pattern).length,
      () => pattern.dispose(),
    );
  },
  groups: (parameters, molecule, context) => patternGroups('Forbidden substructure', parameters, molecule, context),
});

export const substructureCount = defineObjective({
  id: 'substructure-count',
  label: 'Substructure count',
  modality: 'molecule',
  unit: 'matches',
  description:
    'Number of occurrences of the substructure. Aim for a number, a range, more or fewer. Matches over the same atoms count once.',
  source: 'RDKit substructure search, unique matches; Daylight SMARTS',
  parameters: z.object({ smarts: smarts.describe('Substructure to count, as SMARTS or SMILES'), stereo }),
  defaultGoal: { kind: 'range', low: 1, high: 2, tolerance: 1 },
  typical: [0, 6],
  possible: [0, Infinity],
  prepare(parameters, context) {
    const pattern = preparePattern(parameters, context);
    return scoreEach(
      (molecule) => molecule.matches(pattern).length,
      () => pattern.dispose(),
    );
  },
  groups: (parameters, molecule, context) => patternGroups('Substructure count', parameters, molecule, context),
});

interface Asked {
  readonly smarts: string;
  readonly stereo: boolean;
}

function patternGroups(of: string, asked: Asked, molecule: Molecule, context: MoleculeContext): MoleculeGroup[] {
  const pattern = preparePattern(asked, context);
  try {
    const matches = molecule.matches(pattern);
    return matches.length === 0 ? [] : [{ kind: 'structure', of, name: asked.smarts, matches, note: '' }];
  } finally {
    pattern.dispose();
  }
}

function preparePattern({ smarts: text, stereo: isStereo }: Asked, { rdkit }: MoleculeContext): Pattern {
  try {
    return rdkit.pattern(text, { stereo: isStereo });
  } catch (error) {
    if (error instanceof StructureError) throw new ParameterError('smarts', error.message);
    throw error;
  }
}
