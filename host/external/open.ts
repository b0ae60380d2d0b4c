/** External scorers for a run of a workspace: checks the user's consent and uses stored scores. */
import { keepProgramScores, knownProgramScores, type WritableWorkspace } from '../../db/index.ts';
import type { ScoringRequest } from '../../engine/objectives/types.ts';
import type { Consents } from './consents.ts';
import { externalColumns, ExternalScorers, type ExternalScorersOptions } from './external-scorers.ts';
import type { ScoreMemory } from './scorer.ts';

export interface ExternalScorersParts {
  readonly db: WritableWorkspace;
  readonly consents: Consents;
  readonly tell: ExternalScorersOptions['tell'];
}

/** @returns null if the request has none @throws ContractError 'consent-needed', 'bad-input' */
export function openExternalScorers(
  request: ScoringRequest,
  { db, consents, tell }: ExternalScorersParts,
): ExternalScorers | null {
  if (externalColumns(request).length === 0) return null;
  consents.require(request);
  return new ExternalScorers(request, { memory: (key) => workspaceMemory(db, key), tell });
}

/** Scores that stay in the workspace for all later runs. */
export function workspaceMemory(db: WritableWorkspace, key: string): ScoreMemory {
  return {
    known: (sequences) => knownProgramScores(db, key, sequences),
    keep: (scores) => keepProgramScores(db, key, scores),
  };
}
