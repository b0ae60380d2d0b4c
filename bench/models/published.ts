/**
 * @file Models of others: their results here against the results of their own programs, from the tables that come with
 * them.
 */
import { readSafetensors } from '../../engine/generator/safetensors.ts';
import { admetId } from '../../engine/objectives/families/admet.ts';
import { admetProbabilities, admetQuantities } from '../../engine/objectives/families/admet-endpoints.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { MoleculeScoring } from '../../engine/objectives/scoring.ts';
import { loadMoleculeContext, readResource } from '../../host/chemistry/chemistry.ts';
import { csvRows } from './csv.ts';
import { Card, type Check, type Figure } from './figures.ts';

/** Raw values, one row per molecule. */
export async function score(
  smiles: readonly string[],
  ids: readonly string[],
  context: MoleculeContext,
): Promise<(number | null)[][]> {
  const scoring = new MoleculeScoring(
    { modality: 'molecule', objectives: ids.map((id) => ({ id, parameters: {} })), constraints: [] },
    context,
  );
  try {
    return (await scoring.score(smiles)).map(({ raw }) => raw);
  } finally {
    scoring.dispose();
  }
}

const TARGETS = ['drd2', 'gsk3b', 'jnk3'] as const;

export const targets: Check = {
  model: 'targets',
  async figures(data) {
    const card = new Card('models/targets/README.md');
    const rows = csvRows(`${data}/targets/expected.csv.gz`);
    const scores = await score(
      rows.map(({ smiles }) => smiles),
      TARGETS,
      await loadMoleculeContext(),
    );
    const largest = (target: number) =>
      Math.max(...rows.map((row, i) => Math.abs(Number(row[TARGETS[target]]) - (scores[i][target] ?? Infinity))));
    const stated = card.number(/largest difference ([\de-]+)/);
    return {
      figures: [
        { name: 'drd2: largest difference from scikit-learn', stated, measured: largest(0), noise: 1e-9 },
        // The table has two digits of a mean of 100 trees.
        { name: 'gsk3b: largest difference', stated: 0, measured: largest(1), noise: 1e-9 },
        { name: 'jnk3: largest difference', stated: 0, measured: largest(2), noise: 1e-9 },
      ],
    };
  },
};

const KINDS = ['classification', 'regression'] as const;
/** Relative to values above 1. */
const TOLERANCE = 1e-4;

export const admet: Check = {
  model: 'admet-ai',
  async figures(data) {
    const rows = csvRows(`${data}/admet-ai/expected_300.csv.gz`).filter(({ model }) => model === 'mean');
    const context = await loadMoleculeContext();
    const differing: Figure[] = [];
    for (const kind of KINDS) {
      const tasks = tasksOf(kind);
      const asked = rows.filter((row) => row.kind === kind);
      const scores = await score(
        asked.map(({ smiles }) => smiles),
        tasks.map(admetId),
        context,
      );
      const count = asked.reduce(
        (sum, row, i) => sum + tasks.filter((_, t) => differs(scores[i][t], Number(row[`p${t}`]))).length,
        0,
      );
      differing.push({
        name: `${kind}: of ${asked.length * tasks.length} values differ from Chemprop's by more than 1e-4`,
        stated: 0,
        measured: count,
        noise: 0,
      });
    }
    return { figures: [...differing, ...heldOut(csvRows(`${data}/admet-ai/endpoints.csv`))] };
  },
};

function tasksOf(kind: (typeof KINDS)[number]): string[] {
  const { metadata } = readSafetensors(readResource(`admet-ai/${kind}_0.safetensors`));
  return (JSON.parse(metadata.config) as { tasks: string[] }).tasks;
}

const differs = (got: number | null, wanted: number): boolean =>
  got === null || Math.abs(got - wanted) > TOLERANCE * Math.max(1, Math.abs(wanted));

/** The authors' held-out figures, as the descriptions of the objectives state them. */
function heldOut(endpoints: readonly Record<string, string>[]): Figure[] {
  const of = (task: string, column: string) => Number(endpoints.find(({ id }) => id === task)?.[column]);
  const figure = (task: string, name: string, stated: number) => ({
    name: `${task}: ${name === 'R^2' ? 'R2' : name} by its authors`,
    stated,
    measured: of(task, name),
    noise: 0.0006,
  });
  return [
    ...admetQuantities.map(({ task, r2 }) => figure(task, 'R^2', r2)),
    ...admetProbabilities.map(({ task, auroc }) => figure(task, 'AUROC', auroc)),
  ];
}
