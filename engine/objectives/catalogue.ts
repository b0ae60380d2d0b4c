/** @file Every objective, in groups by what users look for. To add an objective, add its record here. */
import { suggestion } from '../base/nearest.ts';
import type { DnaObjective } from './dna.ts';
import { admetObjectives } from './families/admet.ts';
import { descriptorObjectives } from './families/descriptors.ts';
import { activityObjectives } from './families/dna/activity.ts';
import { compositionObjectives } from './families/dna/composition.ts';
import { frameObjectives } from './families/dna/frames.ts';
import { tm } from './families/dna/melting.ts';
import { motifObjectives } from './families/dna/motifs.ts';
import { referenceObjectives } from './families/dna/references.ts';
import { repeatObjectives } from './families/dna/repeats.ts';
import { restrictionObjectives } from './families/dna/restriction.ts';
import { synthesis } from './families/dna/synthesis.ts';
import { type ExternalObjective, externalObjectives } from './families/external.ts';
import { isomer, rdkitDescriptor, scaffold, scaffoldSize } from './families/makeup.ts';
import { pmoObjectives } from './families/pmo.ts';
import { predicted, type PredictedObjective } from './families/predicted.ts';
import { qedParts } from './families/qed-parts.ts';
import { qm9Objectives } from './families/qm9.ts';
import { alerts, nibrSeverity, np, qed, sa } from './families/quality.ts';
import { implausible } from './families/realism.ts';
import { cnsMpo, ruleObjectives } from './families/rules.ts';
import { scaffoldMatch } from './families/scaffold-match.ts';
import { dissimilarity, novelty, series, similarity } from './families/similarity.ts';
import { noSubstructure, substructure, substructureCount } from './families/structure.ts';
import { targetObjectives } from './families/targets.ts';
import type { MoleculeObjective } from './molecules.ts';

export type AnyObjective = MoleculeObjective | DnaObjective | ExternalObjective | PredictedObjective;

/** A group of related objectives. */
export interface ObjectiveGroup {
  readonly label: string;
  readonly objectives: readonly AnyObjective[];
}

export const catalogueGroups: readonly ObjectiveGroup[] = [
  { label: 'Quality', objectives: [qed, sa, np, alerts, nibrSeverity, implausible, ...ruleObjectives, cnsMpo] },
  {
    label: 'Likeness and structure',
    objectives: [
      similarity,
      dissimilarity,
      series,
      novelty,
      substructure,
      noSubstructure,
      substructureCount,
      scaffoldMatch,
      scaffold,
      scaffoldSize,
      isomer,
    ],
  },
  { label: 'Properties', objectives: [...descriptorObjectives, rdkitDescriptor] },
  { label: 'Predicted ADMET', objectives: admetObjectives },
  { label: 'Predicted activity at targets', objectives: targetObjectives },
  { label: 'Predicted quantum chemistry of small molecules', objectives: qm9Objectives },
  { label: 'Parts of drug-likeness (QED)', objectives: qedParts },
  { label: 'Tasks of the PMO benchmark', objectives: pmoObjectives },
  { label: 'Composition', objectives: [...compositionObjectives, tm] },
  { label: 'Likeness to given sequences', objectives: referenceObjectives },
  { label: 'Reading frames and repeats', objectives: [...frameObjectives, ...repeatObjectives] },
  { label: 'Predicted activity in cells', objectives: activityObjectives },
  { label: 'Sites and synthesis', objectives: [...motifObjectives, ...restrictionObjectives, synthesis] },
  { label: 'Your own', objectives: [predicted, ...externalObjectives] },
];

export const catalogue: readonly AnyObjective[] = catalogueGroups.flatMap(({ objectives }) => objectives);

/** There is no objective with this id. */
export class UnknownObjectiveError extends Error {
  readonly id: string;
  constructor(id: string, known: readonly string[]) {
    super(`There is no objective "${id}".${suggestion(id, known)}`);
    this.name = 'UnknownObjectiveError';
    this.id = id;
  }
}

/** Indexes objectives by id. @throws Error if two objectives have the same id */
export function indexById<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
): ReadonlyMap<string, Entry> {
  const index = new Map<string, Entry>();
  for (const entry of entries) {
    if (index.has(entry.id)) throw new Error(`Two objectives have the id "${entry.id}"`);
    index.set(entry.id, entry);
  }
  return index;
}

const byId = indexById(catalogue);

/** @throws UnknownObjectiveError, which names the nearest valid id */
export function findObjective(id: string): AnyObjective {
  const objective = byId.get(id);
  if (!objective) throw new UnknownObjectiveError(id, [...byId.keys()]);
  return objective;
}
