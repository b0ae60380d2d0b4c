/** @file The public interface of the workspace. */
export { backUp } from './backup.ts';
export { type Blend, blendOutcome, commitBlend, countBlends, getBlend, nameBlend, namedBlends } from './blends.ts';
export { discardPrewrittenBlobs, prewriteBlob } from './blobs.ts';
export { type CandidateDetail, candidateDetail, candidatesById, knownSequences } from './candidates.ts';
export { candidateCount } from './columns.ts';
export {
  archiveDesign,
  createDesign,
  deleteDesign,
  getDesign,
  listDesigns,
  purgeDesigns,
  restoreDesign,
} from './designs.ts';
export { dumpForComparison, type RunDump } from './dump.ts';
export {
  NotAWorkspaceError,
  NotFoundError,
  WorkspaceError,
  WorkspaceFromNewerVersionError,
  WorkspaceInUseError,
  WorkspaceNotFoundError,
  WorkspaceOutdatedError,
} from './errors.ts';
export { estimatedRuns, keepEstimate } from './estimates.ts';
export { type CandidateColumns, candidateColumns, numbersWithText, sequencesAt, sequencesBetween } from './explore.ts';
export { extendRun, extensionsOf, settingsOfRound } from './extensions.ts';
export { type FinalFigures, finalFigures, scoreFigures } from './figures.ts';
export type { ReadableWorkspace, WritableWorkspace } from './handle.ts';
export { acquireWriterLock, type WriterLock, writerLockIsHeld } from './lock.ts';
export { CandidateMerge, type MergedCandidate } from './merge.ts';
export { keepProgramScores, knownProgramScores } from './program-scores.ts';
export type * from './records.ts';
export {
  commitRound,
  dropSuperseded,
  latestExperts,
  loadResumePoint,
  roundMetricsOf,
  roundSecondsOf,
} from './rounds.ts';
export { createRun, getRun, getRunWithCounts, listRuns, type Run, type RunWithCounts, updateRunState } from './runs.ts';
export { samplesOf } from './samples.ts';
export { readSetting, writeSetting } from './settings.ts';
export { sharedScaffolds, sharedSequences } from './shared-finds.ts';
export {
  arrangeStars,
  remarkAll,
  shortlist,
  type ShortlistRow,
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
} from './surfaces.ts';
export { topCandidates, type TopRequest } from './top.ts';
export { close, closeForReaders, openForReading, openForWriting } from './workspace.ts';
