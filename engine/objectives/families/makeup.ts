/** @file Objectives of a molecule's composition: its formula, its scaffold, and any RDKit descriptor by name. */
import { z } from 'zod';
import { ParameterError } from '../../base/parameter-error.ts';
import { type ElementCounts, elementCounts, FormulaError, isomerScore, parseFormula } from '../../chem/formula.ts';
import { rdkitDescriptorNames } from '../../chem/rdkit-descriptors.ts';
import { scaffoldAtoms } from '../../chem/scaffold.ts';
import { type ScaffoldKind, scaffoldKinds, scaffoldSmiles } from '../../chem/scaffold-smiles.ts';
import { defineObjective, type MoleculeContext, scoreEach } from '../molecules.ts';

export const isomer = defineObjective({
  id: 'isomer',
  label: 'Isomer of a formula',
  modality: 'molecule',
  unit: '',
  description: '1 if the molecule has exactly the wanted numbers of atoms, less for each atom too many or too few.',
  source: 'Isomer score of GuacaMol: Brown et al., J. Chem. Inf. Model. 2019, 59, 1096 (geometric mean of Gaussians)',
  parameters: z.object({ formula: z.string().min(1).describe('Molecular formula, e.g. C9H10N2O2PF2Cl') }),
  defaultGoal: { kind: 'higher', from: 0.2, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ formula }) {
    const target = wantedFormula(formula);
    return scoreEach(({ graph }) => isomerScore(elementCounts(graph), target));
  },
});

function wantedFormula(formula: string): ElementCounts {
  try {
    return parseFormula(formula);
  } catch (error) {
    if (error instanceof FormulaError) throw new ParameterError('formula', error.message);
    throw error;
  }
}

export const scaffold = defineObjective({
  id: 'scaffold',
  label: 'Same scaffold as a reference',
  modality: 'molecule',
  unit: '',
  description:
    '1 if the molecule has the same rings and linkers as the reference, whatever the side chains; otherwise 0.',
  source:
    'Bemis and Murcko, J. Med. Chem. 1996, 39, 2887; RDKit MurckoScaffold.MurckoScaffoldSmiles and MakeScaffoldGeneric',
  parameters: z.object({
    reference: z
      .string()
      .min(1)
      .meta({ input: 'structure', alias: 'ref' })
      .describe('Name of a drug, or SMILES of a molecule with the wanted scaffold'),
    kind: z
      .enum(scaffoldKinds)
      .default('murcko')
      .describe('Whether to compare elements and bonds too (murcko) or only the bare framework (generic)'),
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ reference, kind }, context) {
    const target = referenceScaffold(reference, kind, context);
    return scoreEach(({ graph }) => (scaffoldSmiles(graph, kind, context.rdkit) === target ? 1 : 0));
  },
});

/** @throws ParameterError if there is nothing to compare with */
function referenceScaffold(reference: string, kind: ScaffoldKind, { rdkit }: MoleculeContext): string {
  const refuse = (what: string): never => {
    throw new ParameterError('reference', `"${reference}" ${what}`);
  };
  const smiles = rdkit.withMolecule(
    reference,
    ({ graph }) => scaffoldSmiles(graph, kind, rdkit),
    () => refuse('is not a valid SMILES'),
  );
  return (
    smiles ||
    refuse(
      `has no ${smiles === null ? 'generic scaffold: an atom has more than four neighbours' : 'ring and therefore no scaffold'}`,
    )
  );
}

export const scaffoldSize = defineObjective({
  id: 'scaffold-size',
  label: 'Size of the scaffold',
  modality: 'molecule',
  unit: 'atoms',
  description:
    'Number of heavy atoms in the rings and their linkers. The remaining atoms are side chains. 0 without rings.',
  source: 'Bemis and Murcko, J. Med. Chem. 1996, 39, 2887; RDKit MurckoScaffold.GetScaffoldForMol',
  parameters: z.object({}),
  defaultGoal: { kind: 'range', low: 10, high: 24, tolerance: 4 },
  typical: [0, 40],
  possible: [0, Infinity],
  prepare: () =>
    scoreEach(({ graph }) => (graph.rings.length === 0 ? 0 : scaffoldAtoms(graph).reduce((sum, one) => sum + one, 0))),
});

export const rdkitDescriptor = defineObjective({
  id: 'descriptor',
  label: 'RDKit descriptor',
  modality: 'molecule',
  unit: '',
  description:
    'Any RDKit descriptor by its name, for example kappa3 or chi1v. Ranges differ between descriptors, so set the ends or the range of the goal.',
  source: 'RDKit rdMolDescriptors.Properties (Code/GraphMol/Descriptors/Property.cpp)',
  parameters: z.object({ name: z.enum(rdkitDescriptorNames).describe('Name of the descriptor') }),
  defaultGoal: { kind: 'range', low: 0, high: 10, tolerance: 5 },
  typical: [0, 20],
  possible: [-Infinity, Infinity],
  prepare: ({ name }) => scoreEach((molecule) => molecule.rdkitDescriptors[name]),
});
