/** @file Candidates beside references, through the host's services: pasted ones, and the nearest of the design's. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, type Host } from '../../../host/host.ts';
import { commitDna } from '../dna-run.ts';
import { temporaryFolder } from '../tools.ts';

const native = 'ATGGCCATTGTAATGGGCCGCTGAAAGGGTGCCCGATAG';
/** One replaced, three more, two fewer. */
const changed = 'ATGGCCATTGTTATGGGCCGCTGCCCAAAGGGTGCCCGAG';
const reversed = 'CTATCGGGCACCCTTTCAGCGGCCCATTACAATGGCCAT';
const references = ['TTTTTTTTTTTTTTTTTTTT', reversed, 'CACACACACACACACA'];

let host: Host;
let withReferences: number;
let without: number;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  withReferences = commitDna(host.context.db, ['identity', 'kmer-distance'], [changed], { references }).ids[0];
  without = commitDna(host.context.db, ['gc', 'tm'], [changed]).ids[0];
});
afterAll(() => host.close());

const aligned = async (candidateId: number, reference?: string) =>
  (await host.call('candidate.alignment', { candidateId, reference })).alignment;

it('takes the nearest reference of the design, on the strand that fits', async () => {
  const found = await aligned(withReferences);
  expect(found).toMatchObject({
    name: '',
    of: 3,
    bases: 39,
    strand: '-',
    substitutions: 1,
    insertions: 3,
    deletions: 2,
    gaps: 2,
    matches: 36,
    columns: 42,
    remarks: [],
  });
  expect(found!.reference.replaceAll('-', '')).toBe(native);
  expect(found!.candidate.replaceAll('-', '')).toBe(changed);
});

it('has none where the design refers to none, and takes a pasted one, cleaned', async () => {
  expect(await aligned(without)).toBeNull();
  const found = await aligned(
    without,
    `>native gene\n1 ${native.slice(0, 20).replaceAll('T', 'U')}\n21 ${native.slice(20)}`,
  );
  expect(found).toMatchObject({ name: 'native', of: 1, strand: '+', substitutions: 1, insertions: 3, deletions: 2 });
  expect(found!.remarks).toEqual([
    'Numbers among the bases are ignored.',
    'Spaces among the bases are ignored.',
    'The sequence is RNA: U is read as T.',
  ]);
});

it('refuses what is no DNA with its place, and what is too long', async () => {
  await expect(aligned(without, '>p53\nMEEPQSDPSV')).rejects.toThrow(
    'Record 1 (p53): "E" at position 2 is an amino acid: this looks like protein.',
  );
  await expect(aligned(without, '')).rejects.toThrow('There is no sequence in it.');
  await expect(aligned(without, 'A'.repeat(600_000))).rejects.toThrow('the maximum is 500000');
});
