/** Diversity of a round's sequences, against Python RDKit and Biopython. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DiversityMeter, measuredSequences } from '../../../host/compute/diversity.ts';

interface Reference {
  readonly sequences: string[];
  readonly diversity: number;
}
const references = JSON.parse(
  readFileSync(new URL('../../fixtures/soup/diversity.json', import.meta.url), 'utf8'),
) as Record<'molecule' | 'dna', Reference>;

describe('DiversityMeter', () => {
  it.each(['molecule', 'dna'] as const)('gives of %s what Python gives', async (modality) => {
    const { sequences, diversity } = references[modality];
    expect(await new DiversityMeter(modality).of(sequences)).toBeCloseTo(diversity, 12);
  });

  it('is 0 for one thing again and again, and missing where there is no pair', async () => {
    const meter = new DiversityMeter('molecule');
    expect(await meter.of(['CCO', 'CCO', 'CCO'])).toBe(0);
    expect(await meter.of(['CCO'])).toBeNull();
    expect(await meter.of(['CCO', 'no molecule'])).toBeNull();
    expect(await new DiversityMeter('dna').of([])).toBeNull();
  });
});

it('measures by the merge’s own valid sequences, and by no more than a hundred', () => {
  const sample = (source: 'merge' | 'expert', canonical: string | null) => ({ source, canonical });
  expect(
    measuredSequences([sample('expert', 'C'), sample('merge', 'CC'), sample('merge', null), sample('merge', 'CC')]),
  ).toEqual(['CC', 'CC']);
  expect(measuredSequences(Array.from({ length: 300 }, () => sample('merge', 'C')))).toHaveLength(100);
});
