/** Everything public of the workspace. */
export { normalisedWeights, totalOf } from './aggregate.ts';
export { backUp } from './backup.ts';
export { type Blend, type BlendOutcome, blendOutcome, commitBlend, countBlends, getBlend, namedBlends, nameBlend } from './blends.ts';
export { abandonAhead, blobKey, dropUnreferencedBlobs, hasBlob, putAhead, readBlob } from './blobs.ts';
export { type CandidateDetail, candidateDetail, candidatesById, type KnownScores, knownScores, knownSequences } from './candidates.ts';
export { archiveDesign, createDesign, deleteDesign, type Design, getDesign, listDesigns, type NewDesign, purgeDesigns, restoreDesign } from './designs.ts';
export { dumpForComparison, type RunDump, type TableDigest } from './dump.ts';
export {
  NotAWorkspaceError,
  NotFoundError,
  RoundOrderError,
  WorkspaceDamagedError,
  WorkspaceError,
  WorkspaceFromNewerVersionError,
  WorkspaceFullError,
  WorkspaceInUseError,
  WorkspaceNotFoundError,
  WorkspaceOutdatedError,
} from './errors.ts';
export { candidateCount } from './columns.ts';
export { type CandidateColumns, candidateColumns, numbersWithText, sequencesAt, sequencesBetween, sourceCodes } from './explore.ts';
export { type EstimatedRun, estimatedRuns, keepEstimate } from './estimates.ts';
export { extendRun, extensionsOf, settingsOfRound, type Extension } from './extensions.ts';
export { countFigures, type Figures, finalFigures, type FinalFigures, type MeanFigure, type ScoreFigures, scoreFigures } from './figures.ts';
export type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
export type * from './records.ts';
export {
  commitRound,
  dropSuperseded,
  type ExpertRecord,
  latestExperts,
  loadResumePoint,
  type ResumePoint,
  roundHistory,
  roundMetricsOf,
  roundSecondsOf,
  type RoundRecord,
} from './rounds.ts';
export { createRun, getRun, getRunWithCounts, listRuns, type NewRun, type Run, type RunCounts, type RunWithCounts, updateRunState } from './runs.ts';
export { type Page, type SampleFilter, type SampleRow, samplesOf } from './samples.ts';
export { keepProgramScores, knownProgramScores } from './program-scores.ts';
export { readSetting, writeSetting } from './settings.ts';
export { arrangeStars, type Remarks, remarkAll, shortlist, type ShortlistRow, type Star, star, starAll, starredNumbers, unstar, unstarAll } from './stars.ts';
export { addSurfaceSetting, latestSurface, type NewSurfaceSetting, openSurface, type StoredSurface, type SurfacePlan } from './surfaces.ts';
export { topCandidates, type TopRequest, type TopResult } from './top.ts';
export { close, openForReading, openForWriting } from './workspace.ts';
export { sharedScaffolds, sharedSequences, type SharedFinds } from './shared-finds.ts';
