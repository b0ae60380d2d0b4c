/** @file The groups that a request's objectives find in a molecule, for naming and highlighting. */
import { usualAlertSets } from '../chem/alerts.ts';
import type { Molecule } from '../chem/molecule.ts';
import { findObjective } from './catalogue.ts';
import { alertGroups } from './families/quality.ts';
import type { MoleculeContext, MoleculeGroup, MoleculeObjective } from './molecules.ts';
import { checkParameters } from './parameters.ts';
import { refuseForeign } from './scoring.ts';
import type { ObjectiveRequest } from './types.ts';

/**
 * Prepares the objectives once for many molecules. Alerts of the usual sets are searched even if no objective asks for
 * them. A group that several objectives find is given once.
 * @throws UnknownObjectiveError, ParameterError
 */
export function findGroups(
  requests: readonly ObjectiveRequest[],
  molecule: Molecule,
  context: MoleculeContext,
): MoleculeGroup[] {
  const asked = requests.flatMap((request) => groupsOf(request, molecule, context) ?? []);
  const alerts = requests.some(({ id }) => ASKS_FOR_ALERTS.has(id))
    ? []
    : alertGroups(context.alerts, usualAlertSets, molecule);
  return [...new Map([...asked, ...alerts].map((group) => [`${group.of} ${group.name}`, group])).values()];
}

const ASKS_FOR_ALERTS: ReadonlySet<string> = new Set(['alerts', 'nibr-severity']);

function groupsOf(
  { id, parameters }: ObjectiveRequest,
  molecule: Molecule,
  context: MoleculeContext,
): MoleculeGroup[] | undefined {
  const objective = findObjective(id);
  refuseForeign(objective, 'molecule');
  return (objective as MoleculeObjective).groups?.(checkParameters(objective, parameters), molecule, context);
}
