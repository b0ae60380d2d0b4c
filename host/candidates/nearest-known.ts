/** The known molecules that a run compares with, and the one that a candidate is most like. */
import type { Run } from '../../db/index.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { inputOf } from '../../engine/objectives/parameters.ts';
import { approvedDrugs } from '../design/names/drugs.ts';
import { constraintsOf, objectivesOf } from '../runs/setup.ts';

export interface RunReference {
  readonly smiles: string;
  /** Of the goal or limit, in words. */
  readonly of: string;
}

/** Structures that goals and limits are given, each once, in their order; complete molecules alone. */
export function referencesOf(run: Run): RunReference[] {
  const found = new Map<string, RunReference>();
  for (const { id, label, parameters } of [...objectivesOf(run), ...constraintsOf(run)]) {
    for (const smiles of structuresOf(id, parameters))
      if (!smiles.includes('*') && !found.has(smiles)) found.set(smiles, { smiles, of: label });
  }
  return [...found.values()];
}

function structuresOf(id: string, parameters: Readonly<Record<string, unknown>>): string[] {
  const { shape } = findObjective(id).parameters;
  return Object.entries(parameters).flatMap(([name, value]) =>
    ['structure', 'structures'].includes(inputOf(shape[name]) ?? '') ? [value].flat().map(String) : [],
  );
}

/** The drug that has exactly this SMILES in the table, as references by name have. */
export const drugNameOf = (smiles: string): string | null =>
  approvedDrugs().find((drug) => drug.smiles === smiles)?.name ?? null;
