/** @file Activity at three targets, predicted by the classifiers of the PMO benchmark. */
import { z } from 'zod';
import { Forest } from '../../chem/forest.ts';
import type { Molecule } from '../../chem/molecule.ts';
import { SupportVectors } from '../../chem/support-vectors.ts';
import { type MoleculeContext, type MoleculeObjective, scoreEach } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { ReadResource } from '../types.ts';

/** Folder under models/. */
export const TARGETS = 'targets';

/** Reads a model once per source of files and makes its scoring function. */
type Load = (resource: ReadResource) => (molecule: Molecule) => number;

const forest = (name: string): Load =>
  onceFor((resource) => {
    const model = new Forest(resource(`${TARGETS}/${name}.bin.gz`), name);
    return (molecule) => model.score(molecule.morgan(2));
  });

const drd2Vectors = onceFor((resource: ReadResource) => new SupportVectors(resource(`${TARGETS}/drd2.bin.gz`), 'drd2'));

/** Share of the support vectors that lie within the limit of another support vector. */
const KEPT_BY = 0.95;

/**
 * Whether a molecule is in the applicability domain: as close to a support vector as support vectors are to each other.
 */
const likeDrd2 = onceFor((resource: ReadResource) => {
  const model = drd2Vectors(resource);
  const limit = model.similarityLimit(KEPT_BY);
  return (molecule: Molecule) => Number(model.nearest(molecule.featureMorgan(3)) >= limit);
});

/** Each by id, with values from 0 to 1. */
export const targetModels = {
  drd2: onceFor((resource) => {
    const model = drd2Vectors(resource);
    return (molecule) => model.score(molecule.featureMorgan(3));
  }),
  gsk3b: forest('gsk3b'),
  jnk3: forest('jnk3'),
} as const satisfies Readonly<Record<string, Load>>;

export type Target = keyof typeof targetModels;

const noParameters = z.object({});

function target(
  id: Target,
  label: string,
  protein: string,
  model: string,
  source: string,
): MoleculeObjective<typeof noParameters> {
  return {
    id,
    label,
    modality: 'molecule',
    unit: '',
    description: `Probability of binding ${protein}, predicted by ${model} trained on the ligands known in 2017. A good benchmark but weak evidence: far from those ligands the number means little, and generators soon find molecules that only the model likes.`,
    source,
    model: TARGETS,
    parameters: noParameters,
    defaultGoal: { kind: 'higher', from: 0.1, to: 0.7 },
    typical: [0, 1],
    possible: [0, 1],
    prepare: (_parameters, { resource }) => scoreEach(targetModels[id](resource)),
    // The forests store none of their training molecules and have no applicability domain.
    ...(id === 'drd2' && {
      applicability: (_parameters: unknown, { resource }: MoleculeContext) => scoreEach(likeDrd2(resource)),
    }),
  };
}

const LI = 'Li, Zhang and Liu, J. Cheminform. 2018, 10, 33; folded ECFP4 bits, 100 trees, as in the PMO benchmark';

export const targetObjectives = [
  target(
    'drd2',
    'Dopamine D2 receptor (DRD2)',
    'the dopamine receptor D2',
    'a support-vector classifier',
    'Olivecrona et al., J. Cheminform. 2017, 9, 48; folded FCFP6 counts, Gaussian kernel, as in the PMO benchmark',
  ),
  target('gsk3b', 'Kinase GSK3 beta', 'the kinase GSK3 beta', 'a random forest', LI),
  target('jnk3', 'Kinase JNK3', 'the kinase JNK3', 'a random forest', LI),
] as const;
