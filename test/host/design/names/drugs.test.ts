import { expect, test } from 'vitest';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';
import { drugNames, drugSmiles, namesLike } from '../../../../host/design/names/drugs.ts';

test('every named drug is a molecule that RDKit reads', async () => {
  const rdkit = await loadRdkitFromDisk();
  const unread = Object.entries(drugNames()).filter(([, smiles]) => {
    const molecule = rdkit.parse(smiles);
    molecule?.dispose();
    return molecule === null;
  });
  expect(unread).toEqual([]);
  expect(Object.keys(drugNames()).length).toBeGreaterThan(1700);
}, 60_000);

test('second names mean the same as first ones', () => {
  expect(drugNames()['acetylsalicylic acid']).toBe(drugNames().aspirin);
  expect(drugNames().paracetamol).toBe(drugNames().acetaminophen);
  expect(Object.values(drugNames())).not.toContain(undefined);
});

test('names are found by their start, then by what they hold, in any case', () => {
  expect(namesLike('Celec', 8)).toEqual(['celecoxib']);
  const found = namesLike('coxib', 20);
  expect(found).toContain('celecoxib');
  expect(namesLike('MET', 3)).toHaveLength(3);
  expect(namesLike('met', 3).every((name) => name.startsWith('met'))).toBe(true);
  expect(namesLike('no such drug', 8)).toEqual([]);
  expect(drugSmiles('CELECOXIB')).toBe(drugNames().celecoxib);
  expect(drugSmiles('constructor')).toBeUndefined();
});
