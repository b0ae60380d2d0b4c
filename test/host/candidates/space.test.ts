/** @file Fingerprints of a run's candidates through the host's services, against those of Python's RDKit. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fingerprintBytes } from '../../../contract/space.ts';
import { commitRound } from '../../../db/index.ts';
import type { Modality } from '../../../engine/base/modality.ts';
import { Fingerprints } from '../../../host/candidates/fingerprints.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { candidate, sampleRound, sampleRun } from '../../db/sample-run.ts';
import { fillRun } from '../../fill-run.ts';
import { spaceFixture } from '../../fixtures/space/read.ts';
import { temporaryFolder } from '../tools.ts';

const { smiles, bits, scaffolds, matches, similarities, dna, counts } = spaceFixture();
let host: Host;
let molecules: number;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  molecules = sampleRun(host.context.db);
  commitRound(
    host.context.db,
    sampleRound(
      molecules,
      1,
      smiles.map((one) => candidate(one, [0.5, 0.5])),
    ),
  );
});
afterAll(() => host.close());

const bytesOf = async (runId: number, from: number, limit: number) =>
  Buffer.from((await host.call('space.fingerprints', { runId, from, limit })).rows, 'base64');

it('computes what RDKit computes, stretch by stretch, also where a later stretch is asked for first', async () => {
  const later = await bytesOf(molecules, 290, 100);
  expect(later.toString('hex')).toBe(bits.slice(290).join(''));
  expect((await bytesOf(molecules, 0, 290)).toString('hex')).toBe(bits.slice(0, 290).join(''));
  expect(await bytesOf(molecules, 300, 10)).toHaveLength(0);
});

it('adds those of new candidates; one that cannot be read has zeros', async () => {
  const { db } = host.context;
  commitRound(db, sampleRound(molecules, 2, [candidate('no molecule', [0.5, 0.5]), candidate('CCO', [0.5, 0.5])]));
  const added = await host.call('space.fingerprints', { runId: molecules, from: 300, limit: 10 });
  const rows = Buffer.from(added.rows, 'base64');
  expect(added).toMatchObject({ count: 302, from: 300, kind: 'bits' });
  expect(rows.subarray(0, fingerprintBytes.bits).every((byte) => byte === 0)).toBe(true);
  expect(rows.subarray(fingerprintBytes.bits).some((byte) => byte > 0)).toBe(true);
});

it('asks its threads once for each candidate', async () => {
  const asked: string[] = [];
  const ask = (_type: string, _modality: Modality, sequences: readonly string[]) => {
    asked.push(...sequences);
    return Promise.resolve([
      { type: 'fingerprints' as const, rows: new Uint8Array(sequences.length * fingerprintBytes.bits).fill(1) },
    ]);
  };
  const fingerprints = new Fingerprints(host.context.db, { ask });
  const [first, again] = await Promise.all([fingerprints.rows(molecules, 0, 40), fingerprints.rows(molecules, 20, 60)]);
  expect([first.rows.length, again.rows.length]).toEqual([40 * 128, 40 * 128]);
  await fingerprints.rows(molecules, 0, 60);
  expect(asked).toEqual(smiles.slice(0, 60));
});

it('counts 4-mers of DNA on both strands', async () => {
  const runId = fillRun(host.context.db, 1, 'dna');
  const scores = [0.5, 0.5, 0.5, 0.5];
  commitRound(
    host.context.db,
    sampleRound(
      runId,
      1,
      dna.map((one) => candidate(one, scores, { scaffold: null })),
      { mergeWeights: scores },
    ),
  );
  const rows = await bytesOf(runId, 1, dna.length);
  expect([...new Uint16Array(Uint8Array.from(rows).buffer)]).toEqual(counts.flat());
});

it('names scaffolds and their generic forms as RDKit does, in the order asked for', async () => {
  const numbers = [...smiles.keys()].reverse();
  const found = (await host.call('space.scaffolds', { runId: molecules, numbers })).scaffolds;
  expect(found.map((one) => [one?.murcko, one?.generic])).toEqual(numbers.map((number) => scaffolds[number]));
  expect((await host.call('space.scaffolds', { runId: molecules, numbers: [300, 301] })).scaffolds).toEqual([
    null,
    { murcko: '', generic: '' },
  ]);
  await expect(host.call('space.scaffolds', { runId: molecules, numbers: [900] })).rejects.toThrow(/900/);
});

it('says which run is not there', async () => {
  await expect(host.call('space.fingerprints', { runId: 99 })).rejects.toMatchObject({ code: 'not-found' });
});

it.each(Object.entries(matches))(
  'finds %s in the molecules that RDKit finds it in, also in two stretches',
  async (smarts, expected) => {
    const found = async (from: number, limit: number) => [
      ...Buffer.from((await host.call('space.matches', { runId: molecules, smarts, from, limit })).matches, 'base64'),
    ];
    expect([...(await found(0, 100)), ...(await found(100, 200))]).toEqual(expected);
  },
);

it('says what is wrong with a pattern, and finds nothing in what cannot be read', async () => {
  await expect(host.call('space.matches', { runId: molecules, smarts: 'c1ccnc' })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('c1ccnc'),
  });
  const { matches: unreadable } = await host.call('space.matches', {
    runId: molecules,
    smarts: '*',
    from: 300,
    limit: 1,
  });
  expect([...Buffer.from(unreadable, 'base64')]).toEqual([0]);
});

it('is as similar as RDKit says, to a SMILES or a drug by its name', async () => {
  const values = async (reference: string, from: number, limit: number) =>
    new Float32Array(
      Uint8Array.from(
        Buffer.from(
          (await host.call('space.similarity', { runId: molecules, reference, from, limit })).values,
          'base64',
        ),
      ).buffer,
    );
  const found = await values(smiles[0], 0, 301);
  expect(found.slice(0, 300)).toEqual(Float32Array.from(similarities));
  expect(found[300]).toBeNaN();
  expect((await values('celecoxib', 0, 1))[0]).toBeGreaterThan(0);
  await expect(host.call('space.similarity', { runId: molecules, reference: 'no such thing' })).rejects.toMatchObject({
    code: 'bad-input',
  });
});
