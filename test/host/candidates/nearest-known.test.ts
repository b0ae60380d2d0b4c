/** @file The known molecule most similar to a candidate, against Python’s RDKit (../../fixtures/nearest/make.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../db/index.ts';
import { drugNameOf, referencesOf } from '../../../host/candidates/nearest-known.ts';
import { approvedDrugs, drugNames } from '../../../host/design/names/drugs.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { fillRun } from '../../fill-run.ts';
import { temporaryFolder } from '../tools.ts';

const expected: { smiles: string; name: string; similarity: number }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/nearest/nearest.json'), 'utf8'),
);
let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  fillRun(host.context.db, 3);
  fillRun(host.context.db, 1, 'dna');
});
afterAll(() => host.close());

it('is the drug that RDKit finds, with its similarity', async () => {
  const [{ drugs }] = await host.context.threads.ask('drugs', 'molecule', [
    ...expected.map(({ smiles }) => smiles),
    'no molecule',
  ]);
  expect(
    drugs.map(
      (found) => found && { name: approvedDrugs()[found.drug].name, similarity: Number(found.similarity.toFixed(6)) },
    ),
  ).toEqual([...expected.map(({ name, similarity }) => ({ name, similarity })), null]);
});

it('a candidate has a nearest drug; DNA has none', async () => {
  const { drug, reference } = await host.call('candidate.nearest', { candidateId: 1 });
  expect(drugNames()[drug.name]).toBe(drug.smiles);
  expect(reference).toBeNull();
  await expect(host.call('candidate.nearest', { candidateId: 4 })).rejects.toThrow('is DNA');
});

it('knows the references of goals and limits, each once', () => {
  const goal = { detail: '', unit: '', goal: { kind: 'higher', from: 0, to: 1 }, weight: 1 };
  const objectives = [
    {
      ...goal,
      id: 'similarity',
      label: 'Like celecoxib',
      parameters: { reference: drugNames().celecoxib, fingerprint: 'ecfp4' },
    },
    { ...goal, id: 'dissimilarity', label: 'Unlike', parameters: { references: [drugNames().celecoxib, 'CCO'] } },
    { ...goal, id: 'scaffold-match', label: 'Scaffold', parameters: { scaffold: '[*:1]c1ccccc1' } },
  ];
  const references = referencesOf({ objectives, constraints: [] } as unknown as Run);
  expect(references).toEqual([
    { smiles: drugNames().celecoxib, of: 'Like celecoxib' },
    { smiles: 'CCO', of: 'Unlike' },
  ]);
  expect([drugNameOf(drugNames().celecoxib), drugNameOf('CCOCCCCO')]).toEqual(['celecoxib', null]);
});
