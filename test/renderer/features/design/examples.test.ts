import { expect, it } from 'vitest';
import type { Catalogue } from '../../../../contract/api.ts';
import { exampleNamed, nearestExample } from '../../../../renderer/features/design/examples.ts';

const examples = ['cns-lead.toml', 'oral-lead.toml', 'enhancer-hepg2.toml'].map((file) => ({
  file,
})) as Catalogue['examples'];

it('finds an example by its file, with or without the ending', () => {
  expect(exampleNamed(examples, 'oral-lead.toml')?.file).toBe('oral-lead.toml');
  expect(exampleNamed(examples, 'Oral-Lead')?.file).toBe('oral-lead.toml');
  expect(exampleNamed(examples, 'oral')).toBeUndefined();
});

it('names the nearest example of an unknown name', () => {
  expect(nearestExample(examples, 'orl-lead')?.file).toBe('oral-lead.toml');
  expect(nearestExample(examples, 'hepg2.toml')?.file).toBe('enhancer-hepg2.toml');
  expect(nearestExample([], 'hepg2')).toBeUndefined();
});
