/** Parts of a molecule that the goals and limits of a run match, and structural alerts. */
import type { MoleculeGroup } from '../../contract/api.ts';
import { getRun, type ReadableWorkspace } from '../../db/index.ts';
import { findGroups } from '../../engine/objectives/groups.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { scoringRequest } from '../design/resolved.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';

/** @returns nothing for DNA and for molecules that RDKit cannot read */
export function groupsOf(
  db: ReadableWorkspace,
  { runId, sequence }: { readonly runId: number; readonly sequence: string },
  molecules: MoleculeContext,
): MoleculeGroup[] {
  const run = getRun(db, runId);
  if (modalityOf(db, run) !== 'molecule') return [];
  const { objectives, constraints } = scoringRequest({
    modality: 'molecule',
    objectives: objectivesOf(run),
    constraints: constraintsOf(run),
  });
  const groups = molecules.rdkit.withMolecule(
    sequence,
    (molecule) => findGroups([...objectives, ...constraints], molecule, molecules),
    () => [],
  );
  return groups.map(({ matches, ...rest }) => ({ ...rest, matches: matches.map((atoms) => [...atoms]) }));
}
