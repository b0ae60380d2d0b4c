/** @file Whether a molecule could be made and kept: its implausible groups, bonds and ring systems. */
import { z } from 'zod';
import { ParameterError } from '../../base/parameter-error.ts';
import { Realism, RealismTable } from '../../chem/realism.ts';
import { defineObjective, type MoleculeContext, scoreEach } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { ReadResource } from '../types.ts';

/** Shipped tables: groups, and ring systems with their counts. */
const tableOf = onceFor((resource: ReadResource) => {
  const text = (file: string) => new TextDecoder().decode(resource(file));
  return new RealismTable(text('realism/rules.tsv'), text('realism/rings.tsv.gz'));
});

/** @throws ParameterError if the accepted structure cannot be read */
function realismOf({ accepted }: { readonly accepted: string }, { rdkit, resource }: MoleculeContext): Realism {
  const table = tableOf(resource);
  if (accepted === '') return new Realism(table, null);
  return rdkit.withMolecule(
    accepted,
    ({ graph }) => new Realism(table, graph),
    () => {
      throw new ParameterError('accepted', `"${accepted}" is not a molecule that RDKit can read`);
    },
  );
}

export const implausible = defineObjective({
  id: 'implausible',
  label: 'Implausible features',
  modality: 'molecule',
  unit: 'features',
  description:
    'Number of features that no chemist would make: groups and charges that do not last in water and air, strained double and triple bonds, and ring systems that no molecule of the training data and no approved drug has.',
  source:
    'models/realism; Walters, Stahl and Murcko, Drug Discovery Today 1998, 3, 160; Rishton, Drug Discovery Today 2003, 8, 86',
  parameters: z.object({
    accepted: z
      .string()
      .default('')
      .describe('Structure as SMILES whose own features do not count, such as a scaffold that every molecule keeps'),
  }),
  defaultGoal: { kind: 'lower', from: 0, to: 2 },
  typical: [0, 4],
  possible: [0, Infinity],
  prepare(parameters, context) {
    const realism = realismOf(parameters, context);
    return scoreEach(({ graph }) => realism.problems(graph).length);
  },
  groups: (parameters, { graph }, context) =>
    realismOf(parameters, context)
      .problems(graph)
      .map(({ name, why, matches }) => ({ kind: 'implausible', of: '', name, matches, note: why })),
});
