/** What is written of each candidate beside its sequence: totals, raw values, scores, provenance. */
import type { RoundMetrics } from '../../contract/api.ts';
import type { CandidateRow, RunWithCounts } from '../../db/index.ts';
import type { Modality } from '../../engine/base/modality.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { formatCompact } from '../../engine/objectives/parameters.ts';
import type { PredictionTold } from '../candidates/applicability.ts';
import type { ResolvedConstraint, ResolvedObjective } from '../design/resolved.ts';
import { pinsInWords } from '../models/pins.ts';

export type Cell = string | number | null;

export interface Column {
  readonly name: string;
  cell(candidate: CandidateRow, run: RunWithCounts): Cell;
}

export interface ExportTable {
  readonly run: RunWithCounts;
  readonly modality: Modality;
  /** Best first. */
  readonly candidates: readonly CandidateRow[];
  readonly columns: readonly Column[];
  readonly goals: readonly ResolvedObjective[];
  readonly limits: readonly ResolvedConstraint[];
  readonly rounds: readonly RoundMetrics[];
  /** What goals and limits see in a sequence of DNA; nothing in a molecule. */
  readonly features: FindFeatures;
}

/** Name of the column that holds the sequences. */
export const sequenceColumn: Readonly<Record<Modality, string>> = { molecule: 'smiles', dna: 'sequence' };

export function columnsOf(
  objectives: readonly ResolvedObjective[],
  constraints: readonly ResolvedConstraint[],
  predictors: RunWithCounts['predictors'],
): Column[] {
  const pinned = pinsInWords(predictors);
  const names = objectiveNames(objectives);
  return [
    { name: 'total', cell: ({ total }) => total },
    ...names.map((name, i): Column => ({ name, cell: ({ raw }) => raw[i] })),
    ...names.map((name, i): Column => ({ name: `${name} score`, cell: ({ scores }) => scores[i] })),
    ...constraints.map(({ id }, i): Column => ({ name: `limit ${id}`, cell: ({ constraints: values }) => values[i] })),
    { name: 'run', cell: (_candidate, { id }) => id },
    { name: 'round', cell: ({ round }) => round },
    { name: 'blend', cell: ({ blendId }) => blendId },
    { name: 'candidate', cell: ({ id }) => id },
    { name: 'seed', cell: (_candidate, { seed }) => seed },
    { name: 'prior', cell: (_candidate, { prior }) => prior },
    ...(pinned === null ? [] : [{ name: 'predictors', cell: () => pinned }]),
  ];
}

/**
 * Error and applicability domain of predicted goals, in the order of the candidates: 1 for what is like the training
 * data, 0 for
 * what is not, empty where it can't be told.
 */
export function predictionColumns(
  objectives: readonly ResolvedObjective[],
  candidates: readonly CandidateRow[],
  told: readonly (readonly PredictionTold[])[],
): Column[] {
  const byId = new Map(candidates.map(({ id }, i) => [id, told[i]]));
  const names = objectiveNames(objectives);
  const of = (id: number, goal: number) => byId.get(id)?.find((one) => one.goal === goal);
  return (told[0] ?? []).flatMap(({ goal }): Column[] => [
    { name: `${names[goal]} error`, cell: ({ id }) => of(id, goal)?.error ?? null },
    { name: `${names[goal]} in domain`, cell: ({ id }) => insideCell(of(id, goal)?.inside ?? null) },
  ]);
}

const insideCell = (inside: boolean | null): Cell => (inside === null ? null : Number(inside));

/** An objective's id; where that is not unique, with the parameters that tell it from the others. */
export function objectiveNames(objectives: readonly ResolvedObjective[]): string[] {
  return objectives.map(({ id, parameters }) => {
    const others = objectives.filter((other) => other.id === id);
    const telling = Object.entries(parameters).filter(([name, value]) =>
      others.some((other) => JSON.stringify(other.parameters[name]) !== JSON.stringify(value)),
    );
    return formatCompact({ id, parameters: Object.fromEntries(telling) });
  });
}
