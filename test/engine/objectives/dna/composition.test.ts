import { expect, test } from 'vitest';
import { catalogue } from '../../../../engine/objectives/catalogue.ts';
import { DnaScoring } from '../../../../engine/objectives/scoring.ts';
import { dnaContext } from '../../../../host/chemistry/chemistry.ts';

const context = dnaContext();

async function raw(
  id: string,
  parameters: Record<string, unknown>,
  sequences: readonly string[],
): Promise<(number | null)[]> {
  const scoring = new DnaScoring({ modality: 'dna', objectives: [{ id, parameters }], constraints: [] }, context);
  try {
    return (await scoring.score(sequences)).map((one) => one.raw[0]);
  } finally {
    scoring.dispose();
  }
}

const HAIRPIN = `GGCATCG${'A'.repeat(5)}CGATGCC`;

test.each<[string, Record<string, unknown>, string[], (number | null)[]]>([
  ['cpg', {}, ['CGCG', 'AATT', 'CCGG'], [2, null, 1]],
  ['homopolymer', {}, ['AAATTTT', 'ACGT'], [4, 1]],
  ['homopolymer', { base: 'A' }, ['AAATTTT', 'CGT'], [3, 0]],
  ['complexity', { shortest: 1, longest: 2 }, ['AAAAAA', 'ACGT', 'A'], [(1 / 4) * (1 / 5), 1, null]],
  ['kmer-distance', { references: ['ACGTACGT'], k: 2 }, ['ACGTACGT', 'AAAAAA', 'A'], [0, 1, null]],
  ['edit-distance', { references: ['ACGT', 'TTTT'] }, ['ACT', 'TTTT', 'GGGG'], [1, 0, 3]],
  ['identity', { references: ['ACGT'] }, ['ACGT', 'ACT', 'TTTTTTTT'], [1, 0.75, 0.125]],
  ['start-codons', {}, ['ATGATG', 'CATCAT'], [2, 0]],
  ['start-codons', { strands: 'both' }, ['ATGATG', 'CATCAT'], [2, 2]],
  ['orf-count', { min_codons: 2 }, ['ATGAAATAA', 'ATGTAA', 'ATGAAA'], [1, 0, 0]],
  ['longest-orf', { strands: 'both' }, ['TTATTTCAT', 'ACGT'], [2, 0]],
  ['direct-repeat', {}, ['ACGTTACGTT', 'AAAAAAAA', 'A'], [5, 4, 0]],
  ['inverted-repeat', {}, ['GAATTC', HAIRPIN, 'AAAA'], [3, 7, 0]],
  ['hairpin', {}, ['GAATTC', HAIRPIN], [1, 7]],
  ['hairpin-count', { stem: 4, longest_loop: 5 }, [HAIRPIN, 'ACGT'], [1, 0]],
  ['hairpin-count', { stem: 4, longest_loop: 4 }, [HAIRPIN], [0]],
  ['palindromes', {}, ['AGAATTCA', 'GAATTCGAATTC', 'AATT'], [1, 3, 0]],
])('%s %j', async (id, parameters, sequences, expected) => {
  expect(await raw(id, parameters, sequences)).toEqual(expected);
});

test.each<[string, Record<string, unknown>, string]>([
  ['complexity', { shortest: 5, longest: 2 }, 'The shortest words (5) are longer than the longest words (2)'],
  ['kmer-distance', { references: ['ACN'] }, 'Reference 1 is not DNA: "N" at position 3'],
  ['kmer-distance', { references: ['ACG'] }, 'No reference is as long as a word of 4 bases'],
  ['edit-distance', {}, 'Objective "edit-distance" needs the parameter "references"'],
  ['identity', { references: Array.from({ length: 201 }, () => 'ACGT') }, 'There are 201 references; at most 200'],
  ['hairpin', { loop: 2 }, 'Parameter "loop" of objective "hairpin"'],
  ['hairpin-count', { loop: 9, longest_loop: 4 }, 'The longest loop, 4, is below the fewest bases of a loop, 9'],
  ['homopolymer', { base: 'N' }, 'Parameter "base" of objective "homopolymer"'],
])('%s refuses %j', async (id, parameters, message) => {
  await expect(raw(id, parameters, ['ACGT'])).rejects.toThrow(message);
});

test('every objective of DNA has ranges that hold its default goal', () => {
  for (const { id, modality, typical, possible } of catalogue) {
    if (modality !== 'dna') continue;
    expect(typical[0] < typical[1] && typical[0] >= possible[0] && typical[1] <= possible[1], id).toBe(true);
  }
});
