/**
 * @file Quantum-chemical properties of small molecules, predicted by networks that were trained on QM9. They use the
 * drawn structure alone, without a geometry.
 */
import { z } from 'zod';
import type { Molecule } from '../../chem/molecule.ts';
import { CheckpointError } from '../../generator/safetensors.ts';
import { readJointPredictor } from '../../predictor/joint/checkpoint.ts';
import { JointEnsemble, type JointPrediction } from '../../predictor/joint/predictor.ts';
import { type MoleculeBatch, type MoleculeContext, type MoleculeObjective, scoreEach } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { Goal, Scorer } from '../types.ts';

/** Folder under models/. */
const MODEL = 'qm9-properties';
const FILE = `${MODEL}/${MODEL}.safetensors`;
const SOURCE = `Predictor of models/${MODEL}, trained by amalgam train-predictor on QM9 (B3LYP/6-31G(2df,p)): Ramakrishnan et al., Sci. Data 2014, 1, 140022`;

/** One for all objectives of a worker. @throws Error if the shipped file is damaged */
const shipped = onceFor(({ resource, device }: MoleculeContext) => {
  try {
    return new JointEnsemble(readJointPredictor(resource(FILE)), device);
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new Error(`The predictor models/${FILE} cannot be used: ${error.message} Install Amalgam again.`);
    throw error;
  }
});

const parameters = z.object({
  caution: z
    .number()
    .min(-3)
    .max(3)
    .default(0)
    .describe(
      'Standard errors to subtract from the prediction, so that uncertain predictions count for less. Negative numbers add them',
    ),
  outside: z
    .enum(['score', 'missing'])
    .default('score')
    .describe(
      'What to do with molecules outside the applicability domain, which is that of QM9 (up to nine atoms of C, N, O and F beside hydrogen): use the score all the same, or leave it empty',
    ),
});
type Qm9Objective = MoleculeObjective<typeof parameters>;

/** The data of one objective. */
interface Property {
  readonly id: string;
  /** Name of the quantity in the predictor. */
  readonly quantity: string;
  readonly label: string;
  readonly unit: string;
  /** What it is, in plain words. */
  readonly plain: string;
  /** Mean error on unseen molecules. The model card has more figures. */
  readonly mae: number;
  readonly typical: readonly [number, number];
  readonly goal: Goal;
}

const ramp = (kind: 'higher' | 'lower', from: number, to: number): Goal => ({ kind, from, to });

/** The predicted quantities. The figures are those of the shipped file. */
export const qm9Properties: readonly Property[] = [
  {
    id: 'qm9-alpha',
    quantity: 'alpha',
    label: 'Polarizability',
    unit: 'Bohr³',
    plain: 'How easily an electric field displaces the electrons: isotropic polarizability.',
    mae: 0.23,
    typical: [61, 88],
    goal: ramp('higher', 70, 88),
  },
  {
    id: 'qm9-gap',
    quantity: 'gap',
    label: 'HOMO-LUMO gap',
    unit: 'eV',
    plain:
      'Energy between the highest occupied and the lowest unoccupied orbital. Small in dyes, large in inert molecules.',
    mae: 0.095,
    typical: [4.8, 8.9],
    goal: ramp('higher', 5.9, 8.9),
  },
  {
    id: 'qm9-u0-atom',
    quantity: 'u0-atom',
    label: 'Atomization energy U0',
    unit: 'eV',
    plain:
      'Energy at 0 K minus the energy of the free atoms. It is negative; lower values mean stronger bonds in total.',
    mae: 0.052,
    typical: [-93, -59],
    goal: ramp('lower', -93, -69),
  },
  {
    id: 'qm9-mu',
    quantity: 'mu',
    label: 'Dipole moment',
    unit: 'D',
    plain: 'How far the positive and negative charges are apart.',
    mae: 0.39,
    typical: [0.6, 5.2],
    goal: ramp('higher', 1.6, 5.2),
  },
  {
    id: 'qm9-homo',
    quantity: 'homo',
    label: 'HOMO energy',
    unit: 'eV',
    plain:
      'Energy of the highest occupied orbital. Higher values mean that the molecule gives away an electron more easily.',
    mae: 0.072,
    typical: [-7.5, -5.5],
    goal: ramp('higher', -6.9, -5.5),
  },
  {
    id: 'qm9-lumo',
    quantity: 'lumo',
    label: 'LUMO energy',
    unit: 'eV',
    plain:
      'Energy of the lowest unoccupied orbital. Lower values mean that the molecule accepts an electron more easily.',
    mae: 0.073,
    typical: [-1.8, 2.2],
    goal: ramp('lower', -1.8, 1.4),
  },
  {
    id: 'qm9-cv',
    quantity: 'cv',
    label: 'Heat capacity',
    unit: 'cal/mol/K',
    plain: 'Heat capacity at constant volume and 298.15 K.',
    mae: 0.098,
    typical: [25, 38],
    goal: ramp('higher', 29, 38),
  },
  {
    id: 'qm9-zpve',
    quantity: 'zpve',
    label: 'Zero-point energy',
    unit: 'eV',
    plain: 'Energy of the vibrations that remain at 0 K.',
    mae: 0.0044,
    typical: [2.6, 5.6],
    goal: ramp('lower', 2.6, 4.7),
  },
];

function property({ id, quantity, label, unit, plain, mae, typical, goal }: Property): Qm9Objective {
  return {
    id,
    label,
    modality: 'molecule',
    unit,
    description: `${plain} Predicted from the drawn structure alone, with its counter-ions and charges, as it was trained. Mean error on unseen molecules of QM9: ${mae} ${unit}. For small molecules of H, C, N, O and F.`,
    source: SOURCE,
    model: MODEL,
    parameters,
    defaultGoal: goal,
    typical,
    possible: [-Infinity, Infinity],
    prepare: ({ caution, outside }, context) =>
      ofPredictions(shipped(context), quantity, (said, isInside) =>
        outside === 'missing' && !isInside() ? null : said.value - caution * said.error,
      ),
    applicability(_, context) {
      const ensemble = shipped(context);
      return scoreEach((molecule) => Number(ensemble.isInDomain(molecule)));
    },
    standardError: (_, context) => ofPredictions(shipped(context), quantity, ({ error }) => error),
  };
}

/** A scorer of one quantity. The ensemble is shared and lives as long as the worker. */
function ofPredictions(
  ensemble: JointEnsemble,
  quantity: string,
  give: (said: JointPrediction, isInside: () => boolean) => number | null,
): Scorer<MoleculeBatch> {
  const index = quantityIndex(ensemble, quantity);
  return {
    async score(batch) {
      const valid = batch.filter((molecule): molecule is Molecule => molecule !== null);
      const predictions = await ensemble.predict(valid);
      const byMolecule = new Map(valid.map((molecule, i) => [molecule, predictions[i]?.[index]]));
      return batch.map((molecule) => {
        const said = molecule && byMolecule.get(molecule);
        return said ? give(said, () => ensemble.isInDomain(molecule)) : null;
      });
    },
    dispose: () => undefined,
  };
}

/** @throws Error if the shipped predictor lacks the quantity */
function quantityIndex({ predictor }: JointEnsemble, name: string): number {
  const index = predictor.quantities.findIndex((quantity) => quantity.name === name);
  if (index < 0)
    throw new Error(
      `The predictor does not predict "${name}"; it predicts ${predictor.quantities.map((quantity) => quantity.name).join(', ')}`,
    );
  return index;
}

export const qm9Objectives: readonly Qm9Objective[] = qm9Properties.map(property);
