/**
 * @file Absorption, distribution, metabolism, excretion and toxicity, predicted by the published models of ADMET-AI.
 * Each value is the mean of five networks.
 */
import { z } from 'zod';
import type { Molecule } from '../../chem/molecule.ts';
import { ChempropEnsemble, type ChempropKind, readChemprop } from '../../predictor/chemprop.ts';
import { meanAndSpread } from '../../predictor/user/predictor.ts';
import type { MoleculeBatch, MoleculeContext, MoleculeObjective } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { Goal, Scorer } from '../types.ts';
import { admetProbabilities, type AdmetProbability, admetQuantities, type AdmetQuantity } from './admet-endpoints.ts';

const SOURCE =
  'ADMET-AI 2.0.1: Swanson et al., Bioinformatics 2024, 40, btae416; Chemprop 2: Heid et al., J. Chem. Inf. Model. 2024, 64, 9';
/** Folder under models/. */
const MODEL = 'admet-ai';
const MEMBERS = [0, 1, 2, 3, 4];

/**
 * Predictions with lower figures are called weak. Random guessing has an AUROC of 0.5; predicting the mean has an R2 of
 * 0.
 */
const WEAK_AUROC = 0.8;
const WEAK_R2 = 0.5;

/** ADMET-AI's own prediction takes the structure that it is given (admet_ai/admet_model.py). */
const AS_DRAWN = 'for the structure as drawn, with its counter-ions and charges, as by ADMET-AI itself';

const noParameters = z.object({});
type AdmetObjective = MoleculeObjective<typeof noParameters>;

/** Id of the objective: the endpoint in lower case with hyphens. */
export function admetId(task: string): string {
  return `admet-${task.toLowerCase().replaceAll('_', '-')}`;
}

function readEnsemble(kind: ChempropKind, { resource, device }: MoleculeContext): ChempropEnsemble {
  return new ChempropEnsemble(
    MEMBERS.map((i) => readChemprop(resource(`${MODEL}/${kind}_${i}.safetensors`))),
    device,
  );
}

/** One pair of ensembles for all objectives of a worker. */
const ensembles = {
  classification: onceFor((context: MoleculeContext) => readEnsemble('classification', context)),
  regression: onceFor((context: MoleculeContext) => readEnsemble('regression', context)),
};

/** Reduces the members' predictions of one task to a number. */
type Give = (members: readonly number[]) => number;
const mean: Give = (members) => meanAndSpread(members).mean;
const spread: Give = (members) => meanAndSpread(members).spread;

function admetScorer(kind: ChempropKind, task: string, context: MoleculeContext, give: Give): Scorer<MoleculeBatch> {
  const ensemble = ensembles[kind](context);
  const index = ensemble.tasks.indexOf(task);
  if (index < 0) throw new Error(`The models of ADMET-AI do not predict "${task}"`);
  return {
    async score(batch) {
      const valid = batch.filter((molecule): molecule is Molecule => molecule !== null);
      const predictions = await ensemble.predict(valid);
      const byMolecule = new Map(valid.map((molecule, i) => [molecule, predictions[i]]));
      return batch.map((molecule) => {
        const members = molecule && byMolecule.get(molecule);
        return members ? give(members.map((said) => said[index])) : null;
      });
    },
    // The ensemble is shared and lives as long as the worker.
    dispose: () => undefined,
  };
}

const ramp = (kind: 'higher' | 'lower', from: number, to: number): Goal => ({ kind, from, to });

function quantity({ task, label, unit, plain, r2, mae, typical, wanted }: AdmetQuantity): AdmetObjective {
  const [low, high] = typical;
  const held = `Predicted ${AS_DRAWN}. On held-out molecules: R2 ${r2}, mean error ${mae}${unit === '' ? '' : ` ${unit}`}.`;
  return {
    id: admetId(task),
    label,
    modality: 'molecule',
    unit,
    description: `${plain} ${held}${r2 < WEAK_R2 ? ' Weak: do not rely on it.' : ''}`,
    source: SOURCE,
    model: MODEL,
    parameters: noParameters,
    defaultGoal: ramp(wanted, low + (high - low) / 4, high - (high - low) / 4),
    typical,
    possible: [-Infinity, Infinity],
    prepare: (_parameters, context) => admetScorer('regression', task, context, mean),
    standardError: (_parameters, context) => admetScorer('regression', task, context, spread),
  };
}

function probability({ task, label, plain, auroc, wanted }: AdmetProbability): AdmetObjective {
  const held = `Predicted probability, ${AS_DRAWN}. On held-out molecules: AUROC ${auroc}.`;
  return {
    id: admetId(task),
    label,
    modality: 'molecule',
    unit: '',
    description: `${plain} ${held}${auroc < WEAK_AUROC ? ' Weak: do not rely on it.' : ''}`,
    source: SOURCE,
    model: MODEL,
    parameters: noParameters,
    defaultGoal: ramp(wanted, 0.2, 0.8),
    typical: [0, 1],
    possible: [0, 1],
    prepare: (_parameters, context) => admetScorer('classification', task, context, mean),
    standardError: (_parameters, context) => admetScorer('classification', task, context, spread),
  };
}

export const admetObjectives: readonly AdmetObjective[] = [
  ...admetQuantities.map(quantity),
  ...admetProbabilities.map(probability),
];
