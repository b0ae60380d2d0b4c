/** @file The public interface of the workspace. */
export { normalisedWeights, totalOf } from './aggregate.ts';
export { backUp } from './backup.ts';
export {
  type Blend,
  type BlendOutcome,
  blendOutcome,
  commitBlend,
  countBlends,
  getBlend,
  nameBlend,
  namedBlends,
} from './blends.ts';
export { blobKey, discardPrewrittenBlobs, dropUnreferencedBlobs, hasBlob, prewriteBlob, readBlob } from './blobs.ts';
export {
  type CandidateDetail,
  candidateDetail,
  candidatesById,
  type KnownScores,
  knownScores,
  knownSequences,
} from './candidates.ts';
export { candidateCount } from './columns.ts';
export {
  archiveDesign,
  createDesign,
  deleteDesign,
  type Design,
  getDesign,
  listDesigns,
  type NewDesign,
  purgeDesigns,
  restoreDesign,
} from './designs.ts';
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
export { type EstimatedRun, estimatedRuns, keepEstimate } from './estimates.ts';
export {
  type CandidateColumns,
  candidateColumns,
  numbersWithText,
  sequencesAt,
  sequencesBetween,
  sourceCodes,
} from './explore.ts';
export { extendRun, type Extension, extensionsOf, settingsOfRound } from './extensions.ts';
export {
  countFigures,
  type Figures,
  type FinalFigures,
  finalFigures,
  type MeanFigure,
  type ScoreFigures,
  scoreFigures,
} from './figures.ts';
export type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
export { keepProgramScores, knownProgramScores } from './program-scores.ts';
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
  type RoundRecord,
  roundSecondsOf,
} from './rounds.ts';
export {
  createRun,
  getRun,
  getRunWithCounts,
  listRuns,
  type NewRun,
  type Run,
  type RunCounts,
  type RunWithCounts,
  updateRunState,
} from './runs.ts';
export { type Page, type SampleFilter, type SampleRow, samplesOf } from './samples.ts';
export { readSetting, writeSetting } from './settings.ts';
export { type SharedFinds, sharedScaffolds, sharedSequences } from './shared-finds.ts';
export {
  arrangeStars,
  remarkAll,
  type Remarks,
  shortlist,
  type ShortlistRow,
  type Star,
  star,
  starAll,
  starredNumbers,
  unstar,
  unstarAll,
} from './stars.ts';
export {
  addSurfaceSetting,
  latestSurface,
  type NewSurfaceSetting,
  openSurface,
  type StoredSurface,
  type SurfacePlan,
} from './surfaces.ts';
export { topCandidates, type TopRequest, type TopResult } from './top.ts';
export { close, openForReading, openForWriting } from './workspace.ts';
