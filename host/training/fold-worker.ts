/**
 * Entry of a worker thread that trains networks for a user predictor: reads the
 * molecules once, then trains one fold at a time.
 */
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import type { Molecule } from '../../engine/chem/molecule.ts';
import { type Example, isLearnable, NetworkTrainer } from '../../engine/learn/user-predictor/network.ts';
import { ChempropEnsemble } from '../../engine/predictor/chemprop.ts';
import { memberModel, type Quantity, type UserMember } from '../../engine/predictor/user/predictor.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { threadPort } from '../workers/request-thread.ts';
import { answerQuestions } from '../workers/requests.ts';
import type { FoldAnswer, FoldQuestion, FoldWorkerData } from './fold-messages.ts';

const data = workerData as FoldWorkerData;
const device = openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });

/** The molecule graphs outlive RDKit's memory. */
async function readMolecules(): Promise<Molecule[]> {
  const rdkit = await loadRdkitFromDisk();
  return data.molecules.map(({ smiles }) =>
    rdkit.withMolecule(
      smiles,
      (molecule) => (molecule.graph, molecule),
      () => {
        throw new Error(`RDKit cannot read its own SMILES "${smiles}"`);
      },
    ),
  );
}

async function answer(
  trainer: NetworkTrainer,
  molecules: readonly Molecule[],
  { fold, training, heldOut }: FoldQuestion,
  onProgress: (share: number) => void,
): Promise<FoldAnswer> {
  const learnt = training.filter((i) => isLearnable(molecules[i]));
  const { mean, deviation } = scaleOf(learnt.map((i) => data.molecules[i].value));
  const examples: Example[] = learnt.map((i) => ({
    input: molecules[i],
    value: (data.molecules[i].value - mean) / deviation,
    bound: data.molecules[i].bound,
  }));
  const settings = {
    norm: data.norm,
    epochs: data.epochs,
    learningRate: data.learningRate,
    weightDecay: data.weightDecay,
    seed: [data.seed, fold],
  };
  const weights = await trainer.train(examples, settings, { onProgress });
  const member = { weights: weights!, mean, deviation };
  return {
    ...member,
    outputs: await outputsOf(
      member,
      heldOut.map((i) => molecules[i]),
    ),
  };
}

function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  if (data.kind === 'classification') return { mean: 0, deviation: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1,
  };
}

/** For two classes these are log-odds: the model treats them as continuous values with mean 0 and deviation 1. */
async function outputsOf(member: UserMember, molecules: readonly Molecule[]): Promise<(number | null)[]> {
  const quantity: Quantity = { kind: 'regression', name: 'output', unit: '', wanted: 'higher', typical: [0, 1] };
  const ensemble = new ChempropEnsemble(
    [memberModel({ quantity, shape: data.shape, norm: data.norm }, member)],
    device,
  );
  try {
    return (await ensemble.predict(molecules)).map((members) => members && members[0][0]);
  } finally {
    await ensemble.dispose();
  }
}

answerQuestions<FoldQuestion, FoldAnswer, number>(threadPort, async () => {
  const molecules = await readMolecules();
  const trainer = await NetworkTrainer.create(device, data);
  return (question, { progress }) => answer(trainer, molecules, question, progress);
});
