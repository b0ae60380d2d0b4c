import { expect, test } from 'vitest';
import { DnaScoring } from '../../../engine/objectives/scoring.ts';
import { onceFor } from '../../../engine/objectives/shared.ts';
import { dnaContext } from '../../../host/chemistry/chemistry.ts';

test('a value is made once for each owner', () => {
  const owners = [{}, {}];
  const asked: object[] = [];
  const valueOf = onceFor((owner: object) => {
    asked.push(owner);
    return { owner };
  });
  expect(valueOf(owners[0])).toBe(valueOf(owners[0]));
  expect(valueOf(owners[1])).not.toBe(valueOf(owners[0]));
  expect(asked).toEqual(owners);
});

test('the table of enzymes is read once for all objectives that name some, however often they are prepared', () => {
  const files: string[] = [];
  const whole = dnaContext();
  const context = { ...whole, resource: (file: string) => (files.push(file), whole.resource(file)) };
  const objectives = [
    { id: 'restriction-sites', parameters: { enzymes: ['EcoRI'] } },
    { id: 'restriction-present', parameters: { enzymes: ['BamHI'] } },
  ];
  for (let i = 0; i < 2; i++) new DnaScoring({ modality: 'dna', objectives, constraints: [] }, context).dispose();
  expect(files).toEqual(['restriction/enzymes.tsv']);
});
