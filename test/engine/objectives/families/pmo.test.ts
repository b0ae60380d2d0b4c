/**
 * Scores against those of others' code: PyTDC's oracles, RDKit's npscorer and
 * scikit-learn (see test/fixtures/chem/pmo.py).
 */
import { beforeAll, expect, test } from 'vitest';
import { Forest } from '../../../../engine/chem/forest.ts';
import { SupportVectors } from '../../../../engine/chem/support-vectors.ts';
import { catalogue } from '../../../../engine/objectives/catalogue.ts';
import type { MoleculeContext } from '../../../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../../../engine/objectives/scoring.ts';
import { loadMoleculeContext } from '../../../../host/chemistry/chemistry.ts';
import { type NamedScores, pmoRows, targetRows } from '../../../fixtures/chem/read.ts';

let context: MoleculeContext;

beforeAll(async () => {
  context = await loadMoleculeContext();
});

/** What is off by more than the tolerance, with both values. */
async function differing(
  rows: readonly NamedScores[],
  idOf: (column: string) => string,
  tolerance: number,
): Promise<string[]> {
  const columns = Object.keys(rows[0].scores);
  const scoring = new MoleculeScoring(
    {
      modality: 'molecule',
      objectives: columns.map((column) => ({ id: idOf(column), parameters: {} })),
      constraints: [],
    },
    context,
  );
  const scored = await scoring.score(rows.map(({ smiles }) => smiles));
  scoring.dispose();
  return rows.flatMap(({ smiles, scores }, row) =>
    columns.flatMap((column, i) => {
      const got = scored[row].raw[i];
      return got !== null && Math.abs(got - scores[column]) <= tolerance
        ? []
        : [`${column} of ${smiles}: ${got}, expected ${scores[column]}`];
    }),
  );
}

test('PMO tasks and natural-product-likeness', async () => {
  const rows = pmoRows();
  expect(rows).toHaveLength(287);
  expect(
    await differing(rows, (column) => (column === 'np' ? 'np' : `pmo-${column.replaceAll('_', '-')}`), 1e-6),
  ).toEqual([]);
});

test('the forests give scikit-learn’s scores, the support vectors to 1e-8', async () => {
  const rows = targetRows();
  const only = (names: readonly string[]) =>
    rows.map(({ smiles, scores }) => ({
      smiles,
      scores: Object.fromEntries(names.map((name) => [name, scores[name]])),
    }));
  expect(rows).toHaveLength(250);
  expect(await differing(only(['gsk3b', 'jnk3']), (column) => column, 1e-12)).toEqual([]);
  expect(await differing(only(['drd2']), (column) => column, 1e-8)).toEqual([]);
  expect(await differing(only(['drd2', 'gsk3b', 'jnk3']), (column) => `pmo-${column}`, 1e-8)).toEqual([]);
});

test('all 23 tasks are there', () => {
  expect(catalogue.filter(({ id }) => id.startsWith('pmo-'))).toHaveLength(23);
});

test('a damaged model is refused', () => {
  expect(() => new Forest(new Uint8Array(100), 'x')).toThrow('The forest of x is not in the expected format');
  expect(() => new Forest(new TextEncoder().encode('FOR1'), 'x')).toThrow('truncated');
  expect(() => new SupportVectors(new TextEncoder().encode('SVM1'), 'x')).toThrow('The classifier of x is truncated');
});
