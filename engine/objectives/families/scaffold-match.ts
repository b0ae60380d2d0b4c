/** @file Whether a molecule retains a scaffold and has substituents at its attachment points. */
import { z } from 'zod';
import { ParameterError } from '../../base/parameter-error.ts';
import { StructureError } from '../../chem/errors.ts';
import type { Pattern } from '../../chem/pattern.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { defineObjective, scoreEach } from '../molecules.ts';

export const scaffoldMatch = defineObjective({
  id: 'scaffold-match',
  label: 'Scaffold retained',
  modality: 'molecule',
  unit: '',
  description:
    '1 if the molecule contains the scaffold with a heavy atom at each attachment point; otherwise 0. Use it as a limit of at least 1, or let the generator retain the scaffold from the start.',
  source: 'RDKit substructure search with the scaffold as the pattern, attachment points as [!#1]',
  parameters: z.object({
    scaffold: z
      .string()
      .min(1)
      .meta({ input: 'structure' })
      .describe('Name or SMILES of the scaffold; [*:1], [*:2], ... mark its attachment points'),
    stereo: z
      .boolean()
      .default(true)
      .describe('Whether stereo marks of the scaffold must match, as the generator keeps them'),
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare(parameters, { rdkit }) {
    const pattern = scaffoldPattern(parameters, rdkit);
    return scoreEach(
      (molecule) => (molecule.has(pattern) ? 1 : 0),
      () => pattern.dispose(),
    );
  },
  groups(parameters, molecule, { rdkit }) {
    const pattern = scaffoldPattern(parameters, rdkit);
    try {
      const matches = molecule.matches(pattern);
      return matches.length === 0
        ? []
        : [{ kind: 'structure', of: 'Scaffold', name: parameters.scaffold, matches, note: '' }];
    } finally {
      pattern.dispose();
    }
  },
});

/** The scaffold as RDKit writes it, with aromatic atoms, read as SMARTS. */
function scaffoldPattern(
  { scaffold, stereo }: { readonly scaffold: string; readonly stereo: boolean },
  rdkit: Rdkit,
): Pattern {
  try {
    return rdkit.withMolecule(
      scaffold,
      ({ canonical }) => rdkit.pattern(scaffoldSmarts(canonical), { stereo }),
      () => {
        throw new StructureError(scaffold, `"${scaffold}" is not a valid SMILES`);
      },
    );
  } catch (error) {
    if (error instanceof StructureError) throw new ParameterError('scaffold', error.message);
    throw error;
  }
}

/** @param smiles canonical, with attachment points as RDKit writes them */
export function scaffoldSmarts(smiles: string): string {
  return smiles.replace(/\[\d*\*(?::\d+)?\]|\*/g, '[!#1]');
}
