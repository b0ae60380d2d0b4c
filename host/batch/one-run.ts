/** @file One run of a batch in its own workspace: begun, continued, or only read where it is finished. */
import type { RunSummary, TopicEvent } from '../../contract/api.ts';
import {
  close,
  closeForReaders,
  createDesign,
  listDesigns,
  listRuns,
  type RunWithCounts,
  type WritableWorkspace,
} from '../../db/index.ts';
import type { ChoosableDevice } from '../../engine/tensor/devices.ts';
import { errorText } from '../base/errors.ts';
import { Events } from '../base/events.ts';
import { noLog } from '../base/log.ts';
import { version } from '../base/paths.ts';
import { openWorkspace, translated } from '../base/workspace.ts';
import type { Consents } from '../external/consents.ts';
import { Runs } from '../runs/runs.ts';
import { summaryOf } from '../runs/summary.ts';
import type { PlannedRun } from './batch-plan.ts';
import type { BatchFolder, BatchRunState } from './folder.ts';
import { resultOf } from './result.ts';

/** How a batch is asked to leave. */
export interface Leaving {
  /** Finish the round, save it and leave. */
  readonly afterRound: AbortSignal;
  /** Leave at once; the unfinished round is lost. */
  readonly now: AbortSignal;
}

export interface RunTools {
  readonly folder: BatchFolder;
  readonly consents: Consents;
  /** Tested once for all runs. */
  readonly device: () => Promise<ChoosableDevice>;
  /** That one run may use. */
  readonly cores: number;
  readonly leaving: Leaving;
  /** Told of each round and of the end. */
  readonly tell: (state: BatchRunState) => void;
}

/** Resolves with the state in which the run was left; a failure is one of them. */
export async function runOne(run: PlannedRun, tools: RunTools): Promise<BatchRunState> {
  try {
    tools.folder.make(run.id);
    return await inWorkspace(run, tools);
  } catch (error) {
    return failed(run, tools, errorText(translated(error)));
  }
}

async function inWorkspace(run: PlannedRun, tools: RunTools): Promise<BatchRunState> {
  const db = openWorkspace(tools.folder.workspace(run.id));
  const events = new Events();
  const runs = new Runs({
    db,
    events,
    consents: tools.consents,
    devices: { choose: tools.device },
    trials: { cancel: () => Promise.resolve() },
    log: noLog,
    cores: tools.cores,
  });
  try {
    const begun = await begin(db, runs, run);
    if (begun.state === 'running') await ended({ db, runs, events, runId: begun.id, run, tools });
    const state = kept(db, run, tools);
    if (state.state === 'finished') closeForReaders(db);
    return state;
  } finally {
    await runs.close();
    close(db);
  }
}

/** A process that was killed may have left a design without a run. */
async function begin(db: WritableWorkspace, runs: Runs, { variant, seed }: PlannedRun): Promise<RunSummary> {
  const before = listRuns(db).at(0);
  if (before !== undefined) return before.state === 'finished' ? runs.summary(before.id) : runs.resume(before.id);
  const { name, source, resolved } = variant;
  const designId =
    listDesigns(db).at(0)?.id ?? createDesign(db, { name, modality: resolved.modality, source, resolved });
  return runs.start(designId, seed);
}

interface Following {
  readonly db: WritableWorkspace;
  readonly runs: Runs;
  readonly events: Events;
  readonly runId: number;
  readonly run: PlannedRun;
  readonly tools: RunTools;
}

/** Resolves when the run is not running any more; a wish to leave pauses it after its round, or at once. */
function ended({ db, runs, events, runId, run, tools }: Following): Promise<void> {
  const { leaving } = tools;
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      end();
      leaving.now.removeEventListener('abort', pause);
      done();
    };
    const pause = () => void runs.pause(runId).catch((error: unknown) => settle(() => reject(error as Error)));
    const hear = (event: TopicEvent<'run'>) => {
      if (event.type === 'round') {
        kept(db, run, tools);
        if (leaving.afterRound.aborted && event.summary.round < event.summary.rounds) pause();
      } else if (event.type === 'state' && event.summary.state !== 'running') settle(resolve);
    };
    const end = events.listen('run', runId, (event) => {
      try {
        hear(event as TopicEvent<'run'>);
      } catch (error) {
        settle(() => reject(error as Error));
      }
    });
    leaving.now.addEventListener('abort', pause, { once: true });
    // It may have failed, or been asked to leave, before anyone listened.
    if (runs.summary(runId).state !== 'running') settle(resolve);
    else if (leaving.now.aborted) pause();
  });
}

const STATES: Readonly<Record<RunWithCounts['state'], BatchRunState['state']>> = {
  running: 'running',
  paused: 'paused',
  interrupted: 'paused',
  stopped: 'failed',
  finished: 'finished',
  failed: 'failed',
};

/** Writes how far the run is, with its result at the end. */
function kept(db: WritableWorkspace, { id }: PlannedRun, { folder, tell }: RunTools): BatchRunState {
  const [row] = listRuns(db);
  const { round, rounds, seconds, secondsLeft, message } = summaryOf(db, row);
  const state: BatchRunState = {
    state: STATES[row.state],
    error: row.state === 'failed' ? (message ?? 'unknown reason') : null,
    ...{ round, rounds, seconds, secondsLeft },
    amalgam: row.software,
    result: row.state === 'finished' ? resultOf(db, row.id) : null,
  };
  folder.keepState(id, state);
  tell(state);
  return state;
}

/** Even on a full disk the batch says what went wrong. */
function failed({ id }: PlannedRun, { folder, tell }: RunTools, error: string): BatchRunState {
  const before = stateBefore(folder, id);
  const state: BatchRunState = {
    round: before?.round ?? 0,
    rounds: before?.rounds ?? 0,
    seconds: before?.seconds ?? 0,
    ...{ state: 'failed', error, secondsLeft: null, amalgam: version, result: null },
  };
  try {
    folder.keepState(id, state);
  } catch (failure) {
    tell({ ...state, error: `${error} ${errorText(failure)}` });
    return state;
  }
  tell(state);
  return state;
}

function stateBefore(folder: BatchFolder, id: string): BatchRunState | null {
  try {
    return folder.state(id);
  } catch {
    return null;
  }
}
