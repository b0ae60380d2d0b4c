import { beforeAll, expect, test } from 'vitest';
import { catalogue, findObjective, indexById } from '../../../engine/objectives/catalogue.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../../engine/objectives/scoring.ts';
import type { ScoringRequest } from '../../../engine/objectives/types.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

const ASPIRIN = 'CC(=O)Oc1ccccc1C(=O)O';
const request: ScoringRequest = {
  modality: 'molecule',
  objectives: [
    { id: 'qed', parameters: {} },
    { id: 'sa', parameters: {} },
    { id: 'logp', parameters: {} },
    { id: 'similarity', parameters: { reference: ASPIRIN } },
    { id: 'substructure', parameters: { smarts: 'c1ccccc1' } },
    { id: 'no-substructure', parameters: { smarts: '[CX3](=O)[O,N]' } },
  ],
  constraints: [{ id: 'alerts', parameters: { sets: ['brenk'] } }],
};

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

async function score(sequences: readonly string[], wanted: ScoringRequest = request) {
  const scoring = new MoleculeScoring(wanted, context);
  try {
    return await scoring.score(sequences);
  } finally {
    scoring.dispose();
  }
}

test('aspirin has the values of Python RDKit', async () => {
  const [aspirin] = await score([ASPIRIN]);
  expect(aspirin.canonical).toBe('CC(=O)Oc1ccccc1C(=O)O');
  const expected = [0.55012, 1.58004, 1.3101, 1, 1, 2];
  aspirin.raw.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  expect(aspirin.constraints).toEqual([1]);
});

test('bad sequences are missing, not zero, and spare the rest of the batch', async () => {
  const bad = [
    '',
    'C1CC',
    'c1cccc1',
    'C(C)(C)(C)(C)C',
    'CC O',
    '{"rdkitjson":1}',
    'M  END',
    'C😀',
    '('.repeat(400),
    'C'.repeat(5000),
  ];
  const scored = await score([...bad, ASPIRIN]);
  for (const one of scored.slice(0, -1)) {
    expect(one).toEqual({
      canonical: null,
      scaffold: null,
      raw: [null, null, null, null, null, null],
      constraints: [null],
    });
  }
  expect(scored[bad.length].canonical).toBe(ASPIRIN);
});

test('spellings of one molecule share one result', async () => {
  const [a, b, c] = await score(['c1ccccc1O', 'OC1=CC=CC=C1', 'Oc1ccccc1']);
  expect(b).toBe(a);
  expect(c).toBe(a);
});

test('an acyclic molecule has the empty scaffold; substituents do not change a scaffold', async () => {
  const [hexane, toluene, phenol] = await score(['CCCCCC', 'Cc1ccccc1', 'Oc1ccccc1']);
  expect(hexane.scaffold).toBe('');
  expect(toluene.scaffold).toMatch(/^[0-9a-f]{16}$/);
  expect(phenol.scaffold).toBe(toluene.scaffold);
});

test.each([
  [{ id: 'qedd', parameters: {} }, 'There is no objective "qedd". Did you mean "qed"?'],
  [{ id: 'similarity', parameters: { reference: 'unobtainium' } }, '"unobtainium" is not a valid SMILES'],
  [
    { id: 'similarity', parameters: {} },
    'Objective "similarity" needs the parameter "reference": Name of a drug, SMILES',
  ],
  [
    { id: 'similarity', parameters: { reference: 'C', fingerprnt: 'ecfp6' } },
    'Objective "similarity" has no parameter "fingerprnt". Did you mean "fingerprint"?',
  ],
  [{ id: 'qed', parameters: { mode: 1 } }, 'Objective "qed" has no parameter "mode". It has no parameters.'],
  [{ id: 'substructure', parameters: { smarts: '[C' } }, '"[C" is not a valid SMARTS pattern'],
  [{ id: 'alerts', parameters: { sets: [] } }, 'Parameter "sets" of objective "alerts"'],
  [{ id: 'alerts', parameters: { sets: ['pain'] } }, 'Parameter "sets" of objective "alerts"'],
])('%j is refused', async (objective, message) => {
  await expect(score(['C'], { modality: 'molecule', objectives: [objective], constraints: [] })).rejects.toThrow(
    message,
  );
});

test('the catalogue has the promised ids, each once', () => {
  const ids = catalogue.map((objective) => objective.id);
  expect(ids).toEqual(
    expect.arrayContaining([
      'qed',
      'sa',
      'logp',
      'tpsa',
      'mw',
      'hbd',
      'hba',
      'rotb',
      'rings',
      'fsp3',
      'similarity',
      'substructure',
      'no-substructure',
      'alerts',
    ]),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(findObjective('tpsa').unit).toBe('Å²');
  expect(() => indexById([{ id: 'a' }, { id: 'b' }, { id: 'a' }])).toThrow('Two objectives have the id "a"');
});

test('scoring leaves WASM memory as it was', async () => {
  const chains = Array.from({ length: 300 }, (_, i) => `${'CN'.repeat(i % 10)}c1ccc(cc1)O${'C'.repeat(i / 10)}`);
  await score(chains);
  const before = process.memoryUsage().external;
  for (let round = 0; round < 3; round++) await score(chains);
  // A parsed molecule takes 10 kB or more of WASM memory: 900 lost ones would be 9 MB.
  expect(process.memoryUsage().external - before).toBeLessThan(3_000_000);
});
