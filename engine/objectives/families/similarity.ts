/**
 * @file Objectives that compare a molecule with reference molecules: similarity, difference, fit into a series,
 * novelty.
 */
import { z } from 'zod';
import { ParameterError } from '../../base/parameter-error.ts';
import { fingerprint, type FingerprintName, fingerprintNames } from '../../chem/fingerprints.ts';
import type { Molecule } from '../../chem/molecule.ts';
import type { CountFingerprint } from '../../chem/morgan.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { largest, meanOfLargest, type Measure, measures, ReferenceSet } from '../../chem/reference-set.ts';
import { defineObjective, type MoleculeBatch, type MoleculeContext, scoreEach } from '../molecules.ts';
import { standardiser } from '../shared.ts';
import type { Scorer } from '../types.ts';

const SOURCE =
  'Tanimoto coefficient of unfolded fingerprints as RDKit makes them. ECFP and FCFP: Rogers and Hahn, J. Chem. Inf. Model. 2010, 50, 742; atom pairs up to 30 bonds apart: Carhart et al., J. Chem. Inf. Comput. Sci. 1985, 25, 64; topological torsions: Nilakantan et al., ibid. 1987, 27, 82';

const molecules = z.array(z.string().min(1)).min(1).meta({ input: 'structures' });

const reference = z.string().min(1).optional().meta({ input: 'structure', alias: 'ref' });

const comparison = {
  fingerprint: z
    .enum(fingerprintNames)
    .default('ecfp4')
    .meta({ alias: 'fp' })
    .describe(
      'What is compared: atoms with their surroundings of two bonds (ecfp4) or three (ecfp6); the same by pharmacophore features (fcfp4, fcfp6); pairs of atoms and their distance (ap); four atoms in a row (tt)',
    ),
  measure: z
    .enum(measures)
    .default('bits')
    .describe('Whether to compare which features occur (bits) or also how often (counts)'),
};

interface Comparison {
  readonly fingerprint: FingerprintName;
  readonly measure: Measure;
}

/** One molecule, several, or both. */
interface References {
  readonly reference?: string;
  readonly references?: readonly string[];
}

const isGiven = ({ reference: one, references: several }: References): boolean =>
  one !== undefined || several !== undefined;
const NEITHER = { path: ['reference'], message: 'Give one reference as "reference" or several as "references"' };

export const similarity = defineObjective({
  id: 'similarity',
  label: 'Similarity to a reference',
  modality: 'molecule',
  unit: '',
  description:
    'How similar a molecule is to the reference: 1 is identical; below 0.3 two molecules have little in common. With several references, the most similar one counts.',
  source: SOURCE,
  parameters: z
    .object({
      reference: reference.describe('Name of a drug, SMILES or file of the reference molecule'),
      references: molecules.optional().describe('Several reference molecules, in addition to or instead of the one'),
      combine: z
        .enum(['max', 'mean'])
        .default('max')
        .describe('How to combine several references: take the most similar one (max) or the mean over all (mean)'),
      ...comparison,
    })
    .refine(isGiven, NEITHER),
  defaultGoal: { kind: 'higher', from: 0.2, to: 0.6 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ combine, ...given }, context) {
    const all =
      combine === 'max' ? largest : (similarities: Float64Array) => meanOfLargest(similarities, similarities.length);
    return compared(given, fromReferences(given, context), all);
  },
});

export const dissimilarity = defineObjective({
  id: 'dissimilarity',
  label: 'Difference from references',
  modality: 'molecule',
  unit: '',
  description:
    'How different a molecule is from the references: 1 minus the similarity to the most similar one. 0 is identical; above 0.7 there is little in common.',
  source: SOURCE,
  parameters: z
    .object({
      reference: reference.describe('Name of a drug, SMILES or file of a molecule to avoid'),
      references: molecules.optional().describe('Several molecules to avoid, in addition to or instead of the one'),
      ...comparison,
    })
    .refine(isGiven, NEITHER),
  defaultGoal: { kind: 'higher', from: 0.4, to: 0.7 },
  typical: [0, 1],
  possible: [0, 1],
  prepare: (given, context) =>
    compared(given, fromReferences(given, context), (similarities) => 1 - largest(similarities)),
});

export const series = defineObjective({
  id: 'series',
  label: 'Fit into a series',
  modality: 'molecule',
  unit: '',
  description:
    'How well a molecule fits into a series: its mean similarity to the most similar members. High for close analogues of several members.',
  source: SOURCE,
  parameters: z.object({
    molecules: molecules.describe('The molecules of the series: names, SMILES or files'),
    nearest: z
      .number()
      .int()
      .min(1)
      .default(3)
      .describe('Number of most similar members to average over; all if the series has fewer'),
    ...comparison,
  }),
  defaultGoal: { kind: 'higher', from: 0.3, to: 0.7 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ molecules: members, nearest, ...comparisons }, context) {
    return compared(comparisons, readAll(members, 'molecules', context, fingerprintOf(comparisons)), (similarities) =>
      meanOfLargest(similarities, nearest),
    );
  },
});

export const novelty = defineObjective({
  id: 'novelty',
  label: 'Novel (not among known molecules)',
  modality: 'molecule',
  unit: '',
  description:
    '1 if the molecule is not among your known molecules, 0 if it is. A salt and its parent count as one molecule: the largest fragments are compared, with charges neutralised.',
  source: 'Equality of RDKit canonical SMILES',
  parameters: z.object({
    molecules: molecules.describe('The known molecules: names, SMILES or files'),
    stereo: z.boolean().default(true).describe('Whether stereoisomers and isotopes are different molecules'),
  }),
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ molecules: members, stereo }, context) {
    const identity = (molecule: Molecule): string => identityOf(molecule, stereo, context);
    const known = new Set(readAll(members, 'molecules', context, identity));
    return scoreEach((molecule) => (known.has(identity(molecule)) ? 0 : 1));
  },
});

/** The largest fragment without charges that protons can remove, so that a salt and its parent are one molecule. */
function identityOf(molecule: Molecule, stereo: boolean, { rdkit }: MoleculeContext): string {
  const { smiles } = standardiser(rdkit)(molecule);
  if (stereo) return smiles;
  return smiles === molecule.canonical ? molecule.flat : (flatOf(smiles, rdkit) ?? molecule.flat);
}

const flatOf = (smiles: string, rdkit: Rdkit): string | null =>
  rdkit.withMolecule(
    smiles,
    ({ flat }) => flat,
    () => null,
  );

function fingerprintOf({ fingerprint: name }: Comparison): (molecule: Molecule) => CountFingerprint {
  return (molecule) => fingerprint(molecule, name);
}

/** Scores molecules by one number from their similarities to all references. */
function compared(
  comparisons: Comparison,
  references: readonly CountFingerprint[],
  summary: (similarities: Float64Array) => number,
): Scorer<MoleculeBatch> {
  const set = new ReferenceSet(references, comparisons.measure);
  const compute = fingerprintOf(comparisons);
  return scoreEach((molecule) => summary(set.similarities(compute(molecule))));
}

function fromReferences(
  { reference: one, references: several = [], ...comparisons }: References & Comparison,
  context: MoleculeContext,
): CountFingerprint[] {
  const compute = fingerprintOf(comparisons);
  return [
    ...readAll(one === undefined ? [] : [one], 'reference', context, compute),
    ...readAll(several, 'references', context, compute),
  ];
}

/**
 * Maps each structure; structures are parsed and freed one by one.
 * @throws ParameterError, which names the first text that is not a molecule
 */
function readAll<T>(
  structures: readonly string[],
  parameter: string,
  { rdkit }: MoleculeContext,
  read: (molecule: Molecule) => T,
): T[] {
  return structures.map((structure) =>
    rdkit.withMolecule(structure, read, () => {
      throw new ParameterError(parameter, `"${structure}" is not a valid SMILES`);
    }),
  );
}
