import { expect, test } from 'vitest';
import { compositionHash, ScoringPool, type ScoringWorker, WorkerLostError } from '../../../engine/objectives/pool.ts';
import type { ScoredSequence, ScoringRequest } from '../../../engine/objectives/types.ts';

const request: ScoringRequest = { modality: 'molecule', objectives: [{ id: 'qed', parameters: {} }], constraints: [] };
const missing: ScoredSequence = { canonical: null, scaffold: null, raw: [null], constraints: [] };
const scored = (sequence: string): ScoredSequence => ({
  canonical: sequence,
  scaffold: '',
  raw: [sequence.length],
  constraints: [],
});

/** A pool whose workers note what they are asked and die of any sequence with "!". */
function notingPool(workers: number) {
  const asked: string[][] = [];
  let started = 0;
  const startWorker = async (): Promise<ScoringWorker> => {
    started++;
    return {
      async score(batch) {
        asked.push([...batch]);
        if (batch.some((sequence) => sequence.includes('!'))) throw new WorkerLostError('died');
        return batch.map(scored);
      },
      dispose: () => Promise.resolve(),
    };
  };
  return { pool: new ScoringPool({ request, workers, startWorker }), asked, starts: () => started };
}

test('keeps the order and asks for each distinct sequence once a run', async () => {
  const { pool, asked } = notingPool(3);
  const sequences = ['CCO', 'N', 'CCO', 'c1ccccc1', 'N', 'Br'];
  const [first, second] = await Promise.all([pool.score(sequences), pool.score(['Br', 'F'])]);
  expect(first).toEqual(sequences.map(scored));
  expect(second).toEqual(['Br', 'F'].map(scored));
  expect(await pool.score(sequences)).toEqual(first);
  expect(asked.flat().sort()).toEqual(['Br', 'CCO', 'F', 'N', 'c1ccccc1']);
  expect(await pool.score([])).toEqual([]);
});

test('a sequence that kills its worker goes missing alone', async () => {
  const { pool, starts } = notingPool(1);
  const sequences = ['C', 'CC', 'C!', 'CCC', 'CCCC'];
  expect(await pool.score(sequences)).toEqual(sequences.map((one) => (one === 'C!' ? missing : scored(one))));
  expect(starts()).toBeGreaterThan(1);
  expect(await pool.score(['O', 'C!'])).toEqual([scored('O'), missing]);
});

test('a worker lost for another reason costs nothing', async () => {
  let starts = 0;
  const pool = new ScoringPool({
    request,
    workers: 1,
    startWorker: async () => {
      const first = starts++ === 0;
      return {
        score: (batch) => (first ? Promise.reject(new WorkerLostError('killed')) : Promise.resolve(batch.map(scored))),
        dispose: () => Promise.resolve(),
      };
    },
  });
  expect(await pool.score(['C'])).toEqual([scored('C')]);
  expect(await pool.score(['C', 'N'])).toEqual([scored('C'), scored('N')]);
});

test('faults that are not the worker’s end reach the caller and are not remembered', async () => {
  let broken = true;
  const startWorker = async (): Promise<ScoringWorker> => ({
    score: (batch) => (broken ? Promise.reject(new TypeError('bug')) : Promise.resolve(batch.map(scored))),
    dispose: () => Promise.resolve(),
  });
  const pool = new ScoringPool({ request, workers: 2, startWorker });
  await expect(pool.score(['C', 'N'])).rejects.toThrow('bug');
  broken = false;
  expect(await pool.score(['C', 'N'])).toEqual([scored('C'), scored('N')]);
});

test('a start that fails reaches the caller', async () => {
  const pool = new ScoringPool({ request, workers: 1, startWorker: () => Promise.reject(new Error('no tables')) });
  await expect(pool.ready()).rejects.toThrow('no tables');
  await expect(pool.score(['C'])).rejects.toThrow('no tables');
  expect(() => new ScoringPool({ request, workers: 0, startWorker: () => Promise.reject(new Error('never')) })).toThrow(
    'at least 1 worker',
  );
});

test('spellings of a molecule share a worker', () => {
  const spellings = ['Oc1ccccc1', 'C1=CC=CC=C1O', '[OH]c1ccccc1', 'c1ccc(O)cc1'];
  expect(new Set(spellings.map(compositionHash)).size).toBe(1);
  expect(compositionHash('Nc1ccccc1')).not.toBe(compositionHash('Oc1ccccc1'));
});
