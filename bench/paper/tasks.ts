/** @file The designs on which methods are compared, and what judges them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RawScores } from '../../engine/objectives/types.ts';
import { readJointPredictor } from '../../engine/predictor/joint/checkpoint.ts';
import { JointEnsemble } from '../../engine/predictor/joint/predictor.ts';
import { readPredictor } from '../../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../../engine/predictor/sequence/ensemble.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { Chemistry } from '../../host/chemistry/service.ts';
import type { Settings } from '../learner/run.ts';

/** Raw values of one sequence, one per objective; null where there is no prediction. */
export type Values = RawScores;

export interface Task {
  readonly design: string;
  /** Run settings in place of the design's. */
  readonly settings: Settings;
  readonly modality: 'molecule' | 'dna';
  /** Goals whose raw value grows with the size of a molecule. */
  readonly extensive: readonly number[];
  /** Predicts the raw values of canonical sequences; null if the goals need no trained predictor. */
  readonly evaluate: ((texts: readonly string[]) => Promise<Values[]>) | null;
  /** What the evaluator is, for the page of results. */
  readonly evaluator: string;
}

const FOLDER = 'cache/paper';
const device = () => ortDevice({ id: 'cpu', threads: 1 });

/** @throws Error that says how the evaluator is made */
function evaluatorFile(name: string): Buffer {
  const file = path.resolve(FOLDER, `${name}-evaluator.safetensors`);
  try {
    return readFileSync(file);
  } catch {
    throw new Error(`There is no ${file}. bench/paper/evaluators.sh DATA_FOLDER trains it.`);
  }
}

async function quantumValues(texts: readonly string[]): Promise<Values[]> {
  const predictor = readJointPredictor(evaluatorFile('qm9'));
  const ensemble = new JointEnsemble(predictor, device());
  return new Chemistry().use(async ({ rdkit }) => {
    const molecules = texts.map((text) =>
      rdkit.withMolecule(
        text,
        (molecule) => (molecule.graph, molecule),
        () => null,
      ),
    );
    const predicted = await ensemble.predict(molecules.flatMap((molecule) => molecule ?? []));
    let next = 0;
    const values = molecules.map((molecule) => (molecule === null ? null : predicted[next++]));
    await ensemble.dispose();
    return values.map((all) => predictor.quantities.map((_, i) => all?.[i].value ?? null));
  });
}

async function activities(texts: readonly string[]): Promise<Values[]> {
  const predictor = readPredictor(evaluatorFile('lentimpra'));
  const ensemble = await Ensemble.create(device(), predictor);
  const predicted = await ensemble.predict(texts);
  await ensemble.dispose();
  return predicted.map((all) => [0, 1, 2].map((task) => all?.[task].value ?? null));
}

export const TASKS: Readonly<Record<string, Task>> = {
  qm9: {
    design: 'examples/qm9-paper.toml',
    // As in the paper, which has no diversity filter.
    settings: { diversity: false, diversity_bucket: 25 },
    modality: 'molecule',
    extensive: [0, 2],
    evaluate: quantumValues,
    evaluator: 'one message-passing network of another width, depth, seed and split of QM9',
  },
  dna: {
    design: 'bench/paper/dna.toml',
    settings: {},
    modality: 'dna',
    extensive: [],
    evaluate: activities,
    evaluator: 'two convolutional networks of other filters, seed and split of the lentiMPRA elements',
  },
  'oral-lead': {
    design: 'examples/oral-lead.toml',
    settings: {},
    modality: 'molecule',
    extensive: [],
    evaluate: null,
    evaluator: 'the design itself, whose goals are computed and not predicted',
  },
};
