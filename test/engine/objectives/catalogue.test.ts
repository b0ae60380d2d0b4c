/**
 * What holds for every objective, whatever it computes: its words, its ranges, and that odd input neither breaks it
 * nor leaves its range.
 */
import { describe, expect, test } from 'vitest';
import type { Modality } from '../../../engine/base/modality.ts';
import { catalogue } from '../../../engine/objectives/catalogue.ts';
import { DnaScoring, MoleculeScoring, type SequenceScoring } from '../../../engine/objectives/scoring.ts';
import type { Goal, ScoringRequest } from '../../../engine/objectives/types.ts';
import { dnaContext, loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

/** Values for parameters that have no default. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  similarity: { reference: 'CCO' },
  dissimilarity: { reference: 'CCO' },
  series: { molecules: ['CCO', 'c1ccccc1'] },
  novelty: { molecules: ['CCO'] },
  substructure: { smarts: '[#6]' },
  'no-substructure': { smarts: '[#6]' },
  'substructure-count': { smarts: '[#6]' },
  'scaffold-match': { scaffold: 'c1ccccc1' },
  scaffold: { reference: 'c1ccccc1' },
  isomer: { formula: 'C2H6O' },
  descriptor: { name: 'CrippenClogP' },
  'kmer-distance': { references: ['GATTACAGATTACA'] },
  'edit-distance': { references: ['GATTACAGATTACA'] },
  identity: { references: ['GATTACAGATTACA'] },
  'motif-score': { name: 'TBP' },
  'motif-count': { name: 'TBP' },
  'motif-spacing': { first: 'TBP', second: 'SP1' },
  'motif-order': { motifs: ['TBP', 'SP1'] },
  'restriction-sites': { enzymes: ['EcoRI'] },
  'restriction-present': { enzymes: ['EcoRI'] },
};

const MOLECULES = {
  'single atom': 'C',
  proton: '[H+]',
  hydrogen: '[H][H]',
  'bare metal': '[Na+]',
  'any atom': '*',
  salt: '[Na+].CC(=O)[O-]',
  'doubly charged': 'C[N+](C)(C)CC[N+](C)(C)C',
  radical: 'C[CH2]',
  isotope: '[13CH3][2H]',
  'metal complex': 'N[Pt](N)(Cl)Cl',
  'rare element': 'C[Se]C',
  boron: 'OB(O)c1ccccc1',
  cage: 'C12C3C4C1C5C2C3C45',
  'long chain': 'C'.repeat(300),
  peptide: `N${'CC(=O)N'.repeat(60)}`,
  drug: 'CC(=O)Oc1ccccc1C(=O)O',
};

/** Repeatable bases without a pattern: a linear congruential generator. */
function bases(count: number): string {
  let state = 1;
  return Array.from({ length: count }, () => 'ACGT'[(state = (state * 1_103_515_245 + 12_345) % 2 ** 31) >> 29]).join(
    '',
  );
}

const SEQUENCES = {
  'one base': 'A',
  '12 bases': 'GATTACAGATTA',
  'one letter': 'A'.repeat(200),
  '200 bases': bases(200),
  '3 kb': bases(3000),
};

const objectivesOf = (modality: Modality) => catalogue.filter((objective) => objective.modality === modality);

/** Raw scores by name of the sequence, then by id. */
async function scores(
  modality: Modality,
  sequences: Readonly<Record<string, string>>,
): Promise<[name: string, id: string, raw: number | null][]> {
  const request: ScoringRequest = {
    modality,
    objectives: objectivesOf(modality).map(({ id }) => ({ id, parameters: NEEDED[id] ?? {} })),
    constraints: [],
  };
  const scoring: SequenceScoring =
    modality === 'dna'
      ? new DnaScoring(request, dnaContext())
      : new MoleculeScoring(request, await loadMoleculeContext());
  try {
    const scored = await scoring.score(Object.values(sequences));
    return Object.keys(sequences).flatMap((name, i) =>
      request.objectives.map(({ id }, j): [string, string, number | null] => [name, id, scored[i].raw[j]]),
    );
  } finally {
    scoring.dispose();
  }
}

function outside([, id, raw]: [name: string, id: string, raw: number | null]): boolean {
  const [least, most] = catalogue.find((objective) => objective.id === id)!.possible;
  return raw !== null && !(Number.isFinite(raw) && raw >= least && raw <= most);
}

test.each([
  ['molecule', MOLECULES],
  ['dna', SEQUENCES],
] as const)('every objective of %s gives odd input a value that is possible, or none', async (modality, sequences) => {
  const all = await scores(modality, sequences);
  expect(all.filter(outside)).toEqual([]);
  const scored = new Set(all.filter(([, , raw]) => raw !== null).map(([, id]) => id));
  expect(objectivesOf(modality).filter(({ id }) => !scored.has(id))).toEqual([]);
});

function valuesOf(goal: Goal): readonly number[] {
  if (goal.kind === 'target') return [goal.value];
  if (goal.kind === 'range') return [goal.low, goal.high];
  if (goal.kind === 'step') return [goal.threshold];
  return goal.kind === 'table' ? goal.points.map(([raw]) => raw) : [goal.from, goal.to];
}

describe.each(catalogue.map((objective) => [objective.id, objective] as const))('%s', (id, objective) => {
  test('says what it is, in sentences', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(objective.label).toMatch(/\S/);
    expect(objective.description).toMatch(/^[A-Z0-9].*\.$/s);
    expect(objective.source.length).toBeGreaterThan(4);
    for (const [name, declared] of Object.entries(objective.parameters.shape))
      expect(declared.description, name).toMatch(/\S/);
  });

  test('its goal and its typical values are possible', () => {
    const [least, most] = objective.possible;
    const values = valuesOf(objective.defaultGoal);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
    for (const value of [...values, ...objective.typical])
      expect(value >= least && value <= most, String(value)).toBe(true);
    expect(objective.typical[0]).toBeLessThan(objective.typical[1]);
  });
});
