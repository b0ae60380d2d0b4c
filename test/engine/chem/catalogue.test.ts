/**
 * Values against Python RDKit 2026.09.1 on 10,000 molecules of ZINC and 5,000 of
 * ChEMBL: what is cheap on all of them, the rest on every tenth. With
 * AMALGAM_ALL_MOLECULES=1 everything is compared on all of them (minutes).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlertMatcher } from '../../../engine/chem/alerts.ts';
import { molecularFormula } from '../../../engine/chem/formula.ts';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { CountFingerprint } from '../../../engine/chem/morgan.ts';
import { qed, qedDesirability, type QedPart } from '../../../engine/chem/qed.ts';
import { rdkitDescriptorNames } from '../../../engine/chem/rdkit-descriptors.ts';
import * as rules from '../../../engine/chem/rules.ts';
import { saScore } from '../../../engine/chem/sascore.ts';
import { scaffoldSmiles } from '../../../engine/chem/scaffold-smiles.ts';
import { tanimotoBits, tanimotoCounts } from '../../../engine/chem/similarity.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { rdkitDescriptors, readCatalogue } from '../../fixtures/chem/catalogue.ts';

const CELECOXIB = 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F';
/** Every how many molecules the slow values are compared. */
const SLOW = process.env.AMALGAM_ALL_MOLECULES === '1' ? 1 : 10;

type Value = (molecule: Molecule) => number | string;

const catalogue = readCatalogue();
/** Column -> molecules that differ. */
const differing = new Map<string, string[]>();
let context: MoleculeContext;

function parse(smiles: string): Molecule {
  const molecule = context.rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  return molecule;
}

/** "id:count,..." with ids ascending. */
function ids(counts: CountFingerprint): string {
  return [...counts]
    .sort((a, b) => a[0] - b[0])
    .map(([id, count]) => `${id}:${count}`)
    .join();
}

const cheap: Readonly<Record<string, Value>> = {
  canonical: (molecule) => molecule.canonical,
  formula: ({ graph }) => molecularFormula(graph),
  tpsa: ({ descriptors }) => descriptors.tpsa,
  mw: ({ descriptors }) => descriptors.weight,
  fsp3: ({ descriptors }) => descriptors.fractionSp3,
  hbd: ({ descriptors }) => descriptors.donors,
  hba: ({ descriptors }) => descriptors.acceptors,
  'lipinski-hbd': ({ descriptors }) => descriptors.lipinskiDonors,
  'lipinski-hba': ({ descriptors }) => descriptors.lipinskiAcceptors,
  rotb: ({ descriptors }) => descriptors.rotatableBonds,
  rings: ({ descriptors }) => descriptors.rings,
  'aromatic-rings': ({ descriptors }) => descriptors.aromaticRings,
  'largest-ring': ({ descriptors }) => descriptors.largestRing,
  macrocycles: ({ descriptors }) => descriptors.macrocycles,
  'heavy-atoms': ({ descriptors }) => descriptors.heavyAtoms,
  atoms: ({ descriptors }) => descriptors.allAtoms,
  charge: ({ descriptors }) => descriptors.charge,
  veber: ({ descriptors }) => rules.violations(rules.veber, descriptors),
};

function slowValues({ rdkit, fragments, alerts }: MoleculeContext): Record<string, Value> {
  const celecoxib = parse(CELECOXIB).morgan(2);
  const [pains, brenk] = (['pains', 'brenk'] as const).map((set) => new AlertMatcher(alerts, [set]));
  const parts = (
    ['MW', 'ALOGP', 'HBA', 'HBD', 'PSA', 'ROTB', 'AROM', 'ALERTS'] as const satisfies readonly QedPart[]
  ).map((part) => [`qed-${part.toLowerCase()}`, (molecule: Molecule) => qedDesirability(molecule, part)] as const);
  return {
    ...Object.fromEntries(parts),
    qed,
    sa: (molecule) => saScore(molecule, fragments),
    logp: ({ descriptors }) => descriptors.logP,
    mr: ({ descriptors }) => descriptors.refractivity,
    bertz: ({ descriptors }) => (descriptors.bertz > 0 ? Math.log(descriptors.bertz) : 0),
    ecfp4: (molecule) => ids(molecule.morgan(2)),
    ecfp6: (molecule) => ids(molecule.morgan(3)),
    similarity: (molecule) => tanimotoBits(molecule.morgan(2), celecoxib),
    'similarity-counts': (molecule) => tanimotoCounts(molecule.morgan(2), celecoxib),
    murcko: ({ graph }) => scaffoldSmiles(graph, 'murcko', rdkit) ?? 'none',
    generic: ({ graph }) => scaffoldSmiles(graph, 'generic', rdkit) ?? 'none',
    stereocentres: ({ descriptors }) => descriptors.stereoCentres,
    'unspecified-stereocentres': ({ descriptors }) => descriptors.unspecifiedStereoCentres,
    pains: (molecule) => pains.hits(molecule).length,
    brenk: (molecule) => brenk.hits(molecule).length,
    lipinski: ({ descriptors }) => rules.violations(rules.lipinski, descriptors),
    ghose: ({ descriptors }) => rules.violations(rules.ghose, descriptors),
    'lead-like': ({ descriptors }) => rules.violations(rules.leadLike, descriptors),
    'rule-of-three': ({ descriptors }) => rules.violations(rules.ruleOfThree, descriptors),
  };
}

function compare(row: number, molecule: Molecule, values: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(values)) {
    const got = value(molecule);
    if (!catalogue.columns.get(name)?.agrees(row, got))
      differing.get(name)?.push(`${catalogue.molecules[row]}: ${got}`);
  }
}

beforeAll(async () => {
  context = await loadMoleculeContext();
  const slow = slowValues(context);
  for (const name of [...Object.keys(cheap), ...Object.keys(slow)]) differing.set(name, []);
  catalogue.molecules.forEach((smiles, row) => {
    const molecule = parse(smiles);
    compare(row, molecule, cheap);
    if (row % SLOW === 0) compare(row, molecule, slow);
    molecule.dispose();
  });
}, 600_000);

afterAll(() => differing.clear());

test('the fixture has 15,000 molecules, and a value for each column', () => {
  expect(catalogue.molecules).toHaveLength(15_000);
  expect([...differing.keys()].sort()).toEqual([...catalogue.columns.keys()].sort());
});

test.each([...catalogue.columns.keys()])('%s equals Python RDKit', (name) => expect(differing.get(name)).toEqual([]));

test('the comparison rejects a value that is off by one step, and another text', () => {
  const column = catalogue.columns.get('hbd');
  const molecule = parse(catalogue.molecules[0]);
  expect([0, 1, -1].map((off) => column?.agrees(0, molecule.descriptors.donors + off))).toEqual([true, false, false]);
  expect(catalogue.columns.get('qed')?.agrees(0, qed(molecule) + 3e-6)).toBe(false);
  expect(catalogue.columns.get('canonical')?.agrees(0, 'CCO')).toBe(false);
});

test('every descriptor of RDKit-JS equals Python RDKit’s of the same name', () => {
  for (const { smiles, values } of rdkitDescriptors()) {
    const molecule = parse(smiles);
    expect(Object.keys(molecule.rdkitDescriptors).sort()).toEqual([...rdkitDescriptorNames].sort());
    for (const name of rdkitDescriptorNames)
      expect(molecule.rdkitDescriptors[name], `${name} of ${smiles}`).toBeCloseTo(values[name], 8);
    molecule.dispose();
  }
});
