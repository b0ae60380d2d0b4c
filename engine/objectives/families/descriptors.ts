/**
 * @file Objectives that are one RDKit descriptor each. Values equal those of the Python RDKit functions named in
 * `source`.
 */
import { z } from 'zod';
import type { Descriptors } from '../../chem/descriptors.ts';
import { type MoleculeObjective, scoreEach } from '../molecules.ts';
import type { Goal } from '../types.ts';

interface DescriptorText {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly description: string;
  readonly source: string;
  readonly defaultGoal: Goal;
  readonly typical: readonly [number, number];
  readonly possible: readonly [number, number];
}

const noParameters = z.object({});

function descriptor(name: keyof Descriptors, text: DescriptorText): MoleculeObjective<typeof noParameters> {
  return {
    ...text,
    modality: 'molecule',
    parameters: noParameters,
    prepare: () => scoreEach((molecule) => molecule.descriptors[name]),
  };
}

export const descriptorObjectives = [
  descriptor('logP', {
    id: 'logp',
    label: 'logP',
    unit: '',
    description:
      'Estimated preference for octanol over water. Most oral drugs lie between 1 and 3; above 5, molecules dissolve poorly.',
    source: 'Wildman and Crippen, J. Chem. Inf. Comput. Sci. 1999, 39, 868; RDKit Crippen.MolLogP',
    defaultGoal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
    typical: [-1, 6],
    possible: [-Infinity, Infinity],
  }),
  descriptor('tpsa', {
    id: 'tpsa',
    label: 'Polar surface area (TPSA)',
    unit: 'Å²',
    description:
      'Surface area of the polar atoms. Below 140 Å² favours absorption from the gut, below 90 Å² entry into the brain.',
    source: 'Ertl, Rohde and Selzer, J. Med. Chem. 2000, 43, 3714; RDKit rdMolDescriptors.CalcTPSA without S and P',
    defaultGoal: { kind: 'range', low: 40, high: 90, tolerance: 20 },
    typical: [0, 160],
    possible: [0, Infinity],
  }),
  descriptor('weight', {
    id: 'mw',
    label: 'Molecular weight',
    unit: 'g/mol',
    description: 'Average molar mass. Most oral drugs are below 500.',
    source: 'IUPAC atomic weights; RDKit Descriptors.MolWt',
    defaultGoal: { kind: 'range', low: 250, high: 450, tolerance: 50 },
    typical: [150, 600],
    possible: [0, Infinity],
  }),
  descriptor('donors', {
    id: 'hbd',
    label: 'H-bond donors',
    unit: '',
    description: 'Number of groups that donate a hydrogen bond. The rule of five allows at most 5.',
    source: 'RDKit rdMolDescriptors.CalcNumHBD (Lipinski.NumHDonors), Code/GraphMol/Descriptors/Lipinski.cpp',
    defaultGoal: { kind: 'range', low: 0, high: 3, tolerance: 1 },
    typical: [0, 6],
    possible: [0, Infinity],
  }),
  descriptor('acceptors', {
    id: 'hba',
    label: 'H-bond acceptors',
    unit: '',
    description: 'Number of atoms that accept a hydrogen bond. The rule of five allows at most 10.',
    source: 'RDKit rdMolDescriptors.CalcNumHBA (Lipinski.NumHAcceptors), Code/GraphMol/Descriptors/Lipinski.cpp',
    defaultGoal: { kind: 'range', low: 2, high: 7, tolerance: 1 },
    typical: [0, 12],
    possible: [0, Infinity],
  }),
  descriptor('rotatableBonds', {
    id: 'rotb',
    label: 'Rotatable bonds',
    unit: '',
    description: 'Number of freely rotating bonds, without amides and rings. Above 10, oral absorption suffers.',
    source: 'Veber et al., J. Med. Chem. 2002, 45, 2615; RDKit rdMolDescriptors.CalcNumRotatableBonds (strict)',
    defaultGoal: { kind: 'lower', from: 4, to: 10 },
    typical: [0, 15],
    possible: [0, Infinity],
  }),
  descriptor('rings', {
    id: 'rings',
    label: 'Rings',
    unit: '',
    description: 'Number of rings in the smallest set of smallest rings.',
    source: 'RDKit rdMolDescriptors.CalcNumRings',
    defaultGoal: { kind: 'range', low: 2, high: 4, tolerance: 1 },
    typical: [0, 7],
    possible: [0, Infinity],
  }),
  descriptor('fractionSp3', {
    id: 'fsp3',
    label: 'Fraction of sp3 carbons',
    unit: '',
    description:
      'Share of carbon atoms with four single bonds: 0 is flat, 1 is fully three-dimensional. Higher values tend to mean better solubility.',
    source: 'Lovering, Bikker and Humblet, J. Med. Chem. 2009, 52, 6752; RDKit rdMolDescriptors.CalcFractionCSP3',
    defaultGoal: { kind: 'higher', from: 0.2, to: 0.6 },
    typical: [0, 1],
    possible: [0, 1],
  }),
  descriptor('refractivity', {
    id: 'mr',
    label: 'Molar refractivity',
    unit: 'cm³/mol',
    description:
      'Estimated polarizability per mole. It grows with the size of the molecule. Most drugs lie between 40 and 130.',
    source: 'Wildman and Crippen, J. Chem. Inf. Comput. Sci. 1999, 39, 868; RDKit Crippen.MolMR',
    defaultGoal: { kind: 'range', low: 40, high: 130, tolerance: 20 },
    typical: [30, 160],
    possible: [0, Infinity],
  }),
  descriptor('bertz', {
    id: 'bertz',
    label: 'Complexity (Bertz)',
    unit: '',
    description:
      'Complexity of the molecular graph. Branches, multiple bonds, heteroatoms and low symmetry increase it. Aspirin has 343, most drugs 400 to 1,200.',
    source: 'Bertz, J. Am. Chem. Soc. 1981, 103, 3599; RDKit GraphDescriptors.BertzCT',
    defaultGoal: { kind: 'lower', from: 500, to: 1000 },
    typical: [0, 1500],
    possible: [0, Infinity],
  }),
  descriptor('heavyAtoms', {
    id: 'heavy-atoms',
    label: 'Heavy atoms',
    unit: '',
    description: 'Number of atoms other than hydrogen. Fragments have up to about 20, most oral drugs 20 to 35.',
    source: 'RDKit rdMolDescriptors.CalcNumHeavyAtoms',
    defaultGoal: { kind: 'range', low: 18, high: 32, tolerance: 4 },
    typical: [5, 50],
    possible: [0, Infinity],
  }),
  descriptor('charge', {
    id: 'charge',
    label: 'Formal charge',
    unit: '',
    description: 'Sum of the charges in the structure as written, whatever the pH. Neutral molecules have 0.',
    source: 'RDKit Chem.GetFormalCharge',
    defaultGoal: { kind: 'target', value: 0, tolerance: 0.5 },
    typical: [-2, 2],
    possible: [-Infinity, Infinity],
  }),
  descriptor('aromaticRings', {
    id: 'aromatic-rings',
    label: 'Aromatic rings',
    unit: '',
    description: 'Number of flat rings such as benzene or pyridine. More than three tend to mean poor solubility.',
    source: 'Ritchie and Macdonald, Drug Discov. Today 2009, 14, 1011; RDKit rdMolDescriptors.CalcNumAromaticRings',
    defaultGoal: { kind: 'range', low: 1, high: 3, tolerance: 1 },
    typical: [0, 6],
    possible: [0, Infinity],
  }),
  descriptor('largestRing', {
    id: 'largest-ring',
    label: 'Largest ring',
    unit: 'atoms',
    description: 'Number of atoms in the largest ring; 0 without rings. Most drugs have rings of 5 to 7.',
    source: "Largest of RDKit's smallest set of rings (RingInfo.AtomRings)",
    defaultGoal: { kind: 'range', low: 5, high: 7, tolerance: 1 },
    typical: [0, 16],
    possible: [0, Infinity],
  }),
  descriptor('macrocycles', {
    id: 'macrocycles',
    label: 'Macrocycles',
    unit: 'rings',
    description: 'Number of rings with 12 or more atoms.',
    source: 'IUPAC Gold Book, "macrocycle"; rings of RDKit\'s smallest set (RingInfo.AtomRings)',
    defaultGoal: { kind: 'lower', from: 0, to: 1 },
    typical: [0, 2],
    possible: [0, Infinity],
  }),
  descriptor('stereoCentres', {
    id: 'stereocentres',
    label: 'Stereocentres',
    unit: '',
    description:
      'Number of stereocentres, whether or not the structure specifies their configuration. Each one makes synthesis harder.',
    source: 'RDKit Chem.FindMolChiralCenters with includeUnassigned',
    defaultGoal: { kind: 'lower', from: 1, to: 4 },
    typical: [0, 8],
    possible: [0, Infinity],
  }),
  descriptor('unspecifiedStereoCentres', {
    id: 'unspecified-stereocentres',
    label: 'Undefined stereocentres',
    unit: '',
    description:
      'Number of stereocentres whose configuration the structure does not specify. Such a structure stands for a mixture.',
    source: 'RDKit Chem.FindMolChiralCenters with includeUnassigned, those marked "?"',
    defaultGoal: { kind: 'lower', from: 0, to: 2 },
    typical: [0, 6],
    possible: [0, Infinity],
  }),
] as const;
