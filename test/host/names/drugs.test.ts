import { expect, test } from 'vitest';
import { drugNames } from '../../../host/names/drugs.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry.ts';

test('every named drug is a molecule that RDKit reads', async () => {
  const rdkit = await loadRdkitFromDisk();
  const unread = Object.entries(drugNames()).filter(([, smiles]) => {
    const molecule = rdkit.parse(smiles);
    molecule?.dispose();
    return molecule === null;
  });
  expect(unread).toEqual([]);
  expect(Object.keys(drugNames()).length).toBeGreaterThan(2800);
}, 60_000);

test('second names mean the same as first ones', () => {
  expect(drugNames().aspirin).toBe(drugNames()['acetylsalicylic acid']);
  expect(drugNames().paracetamol).toBe(drugNames().acetaminophen);
});
