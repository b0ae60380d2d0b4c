/** @file What the states of a run are called, and what can be done in each. */
import type { RunState, RunSummary } from '../../contract/api.ts';
import { plural } from './format.ts';

const stateWords: Record<RunState, string> = {
  running: 'Running',
  paused: 'Paused',
  stopped: 'Stopped',
  finished: 'Finished',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

/** "Running · round 8 of 10". */
export function stateText(run: RunSummary): string {
  if (run.state === 'finished') return `${stateWords.finished} · ${plural(run.round, 'round')}`;
  return `${stateWords[run.state]} · round ${run.round} of ${run.rounds}`;
}

export function canPause(state: RunState): boolean {
  return state === 'running';
}

export function canResume(state: RunState): boolean {
  return state === 'paused' || state === 'interrupted' || state === 'failed' || state === 'stopped';
}

export function canExtend(state: RunState): boolean {
  return state === 'finished' || state === 'stopped';
}

export function canStop(state: RunState): boolean {
  return state === 'running' || state === 'paused' || state === 'interrupted';
}

export function isActive(state: RunState): boolean {
  return state === 'running';
}
