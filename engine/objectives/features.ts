/** @file The features that a request's objectives of DNA find in a sequence, for drawing and tables. */
import { findObjective } from './catalogue.ts';
import type { DnaContext, DnaObjective, FindFeatures } from './dna.ts';
import { checkParameters } from './parameters.ts';
import { refuseForeign } from './scoring.ts';
import type { ObjectiveRequest } from './types.ts';

/**
 * Prepares the objectives once for many sequences. Objectives without places contribute nothing.
 * @returns a function that gives all features of a sequence, sorted by position
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
