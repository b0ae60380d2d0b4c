/** @file The search of the goal picker over the catalogue that the host sends it. */
import { expect, it, test } from 'vitest';
import { catalogueOf } from '../../../host/design/catalogue.ts';
import { everyday, fit } from '../../../renderer/features/design/goals/objective-search.ts';

const { objectives } = catalogueOf();

function found(modality: 'molecule' | 'dna', words: string): string[] {
  const fits = objectives
    .filter((one) => one.modality === modality)
    .map((one) => ({ id: one.id, worth: fit(one, words) }));
  return fits
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ id }) => id);
}

it.each([
  ['molecule', 'soluble', ['admet-solubility-aqsoldb']],
  ['molecule', 'brain', ['cns-mpo', 'admet-bbb-martins']],
  ['molecule', 'easy to make', ['sa']],
  ['molecule', 'heart', ['admet-herg']],
  ['molecule', 'herg', ['admet-herg']],
  ['molecule', 'greasy', ['logp']],
  ['molecule', 'size', ['mw', 'heavy-atoms', 'scaffold-size']],
  ['molecule', 'pains', ['alerts']],
  ['molecule', 'toxic to the liver', ['admet-dili']],
  ['molecule', 'like a drug', ['qed']],
  ['molecule', 'similar', ['similarity']],
  ['molecule', 'osimertinib', ['pmo-osimertinib-mpo']],
  ['dna', 'GC', ['gc']],
  ['dna', 'cut sites', ['restriction-sites', 'restriction-present']],
  ['dna', 'transcription factor', ['motif-score', 'motif-count', 'motif-spacing', 'motif-order']],
  ['dna', 'easy to make', ['synthesis']],
  ['dna', 'hairpins', ['hairpin', 'hairpin-count']],
] as const)('of %s, "%s" finds first %j', (modality, words, expected) => {
  const first = found(modality, words).slice(0, 4);
  expect(first.filter((id) => (expected as readonly string[]).includes(id)).sort()).toEqual([...expected].sort());
  expect(expected).toContain(first[0]);
});

it('finds nothing where a word fits nothing', () => {
  expect(found('molecule', 'greasy zebra')).toEqual([]);
});

test('everyday words are those of objectives that there are', () => {
  const known = objectives.map(({ id }) => id);
  expect(Object.keys(everyday).filter((id) => !known.includes(id))).toEqual([]);
});
