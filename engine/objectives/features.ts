/** What a request's objectives of DNA see in a sequence, to be drawn or listed. */
import { findObjective } from './catalogue.ts';
import type { DnaContext, DnaObjective, FindFeatures } from './dna.ts';
import { checkParameters } from './parameters.ts';
import { refuseForeign } from './scoring.ts';
import type { ObjectiveRequest } from './types.ts';

/**
 * Prepares the objectives once for many sequences; those whose score has no places give nothing.
 * @returns all features of a sequence, by position
 * @throws UnknownObjectiveError, ParameterError
 */
export function prepareFeatures(
  requests: readonly ObjectiveRequest[],
  context: Pick<DnaContext, 'resource'>,
): FindFeatures {
  const finders = requests.flatMap((request) => findFeatures(request, context) ?? []);
  return (sequence) => finders.flatMap((find) => find(sequence)).sort((a, b) => a.start - b.start || a.end - b.end);
}

function findFeatures(
  { id, parameters }: ObjectiveRequest,
  context: Pick<DnaContext, 'resource'>,
): FindFeatures | undefined {
  const objective = findObjective(id);
  refuseForeign(objective, 'dna');
  return (objective as DnaObjective).features?.(checkParameters(objective, parameters), context);
}
