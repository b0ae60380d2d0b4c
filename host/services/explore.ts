/** All candidates of a run at once: columns to filter and plot, rows of visible candidates, many stars at a time. */
import type { CandidateColumns as SentColumns } from '../../contract/api.ts';
import {
  type CandidateColumns,
  candidateColumns,
  candidatesById,
  getRun,
  numbersWithText,
  type ReadableWorkspace,
  starAll,
  starredNumbers,
  unstarAll,
} from '../../db/index.ts';
import { cleanLetters } from '../../engine/dna/pasted.ts';
import { translating } from '../base/workspace.ts';
import { candidateOf } from '../runs/candidates.ts';
import { modalityOf } from '../runs/setup.ts';
import type { HostContext, Service } from './context.ts';

export function exploreService({ db }: Pick<HostContext, 'db'>): Service<'explore'> {
  return {
    'explore.columns': ({ runId, from, limit }) =>
      translating(() => sentColumns(candidateColumns(db, runId, from, limit, getRun(db, runId).constraints.length))),
    'explore.rows': ({ ids }) => translating(() => ({ candidates: candidatesById(db, ids).map(candidateOf) })),
    'explore.find': ({ runId, text }) =>
      translating(() => ({ numbers: base64(numbersWithText(db, runId, wantedText(db, runId, text))) })),
    'explore.starred': ({ runId }) => translating(() => ({ numbers: base64(starredNumbers(db, runId)) })),
    'explore.star': ({ stars }) => translating(() => ({ added: starAll(db, stars) })),
    'explore.unstar': ({ candidateIds }) =>
      translating(() => ({ removed: unstarAll(db, candidateIds).map((star) => ({ ...star, tags: [...star.tags] })) })),
  };
}

function sentColumns({ count, from, aggregate, raw, scores, limits, ...single }: CandidateColumns): SentColumns {
  const { ids, round, step, source, scaffold, length, feasible } = single;
  return {
    ...{ count, from, aggregate },
    ...{ ids: base64(ids), round: base64(round), step: base64(step), source: base64(source) },
    ...{ scaffold: base64(scaffold), length: base64(length), feasible: base64(feasible) },
    ...{ raw: raw.map(base64), scores: scores.map(base64), limits: limits.map(base64) },
  };
}

/** Little-endian, as on every machine that can open workspaces. */
function base64(values: Int32Array | Float32Array | Uint8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

/** Text searched in DNA is normalised like pasted DNA: case, spaces and digits do not matter. */
function wantedText(db: ReadableWorkspace, runId: number, text: string): string {
  return modalityOf(db, getRun(db, runId)) === 'dna' ? cleanLetters(text).letters || text : text;
}
