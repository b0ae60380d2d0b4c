/** What objectives find in a molecule, named, with its atoms. */
import { beforeAll, expect, it } from 'vitest';
import { findGroups } from '../../../engine/objectives/groups.ts';
import type { MoleculeContext, MoleculeGroup } from '../../../engine/objectives/molecules.ts';
import type { ObjectiveRequest } from '../../../engine/objectives/types.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

let context: MoleculeContext;
beforeAll(async () => {
  context = await loadMoleculeContext();
});

function groups(smiles: string, ...requests: ObjectiveRequest[]): MoleculeGroup[] {
  const molecule = context.rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  try {
    return findGroups(requests, molecule, context);
  } finally {
    molecule.dispose();
  }
}

const request = (id: string, parameters: ObjectiveRequest['parameters'] = {}): ObjectiveRequest => ({ id, parameters });

it('finds usual alerts where none are asked for, and those of the sets that are', () => {
  expect(groups('O=Cc1ccccc1', request('qed'))).toEqual([
    { kind: 'alert', of: 'brenk', name: 'aldehyde', matches: [[0, 1]], note: '' },
  ]);
  expect(groups('O=Cc1ccccc1', request('alerts', { sets: ['pains'] }))).toEqual([]);
  expect(groups('O=Cc1ccccc1', request('nibr-severity')).map(({ of, name, note }) => [of, name, note])).toEqual([
    ['nibr', 'aldehyde aromatic', 'to note'],
  ]);
});

it('finds substructures with every match, and a scaffold', () => {
  expect(groups('OCCO', request('substructure-count', { smarts: '[OH]' }))).toEqual([
    { kind: 'structure', of: 'Substructure count', name: '[OH]', matches: [[0], [3]], note: '' },
  ]);
  expect(groups('CC', request('no-substructure', { smarts: 'N' }))).toEqual([]);
  const [scaffold] = groups('Fc1ccccc1', request('scaffold-match', { scaffold: 'c1ccccc1[*:1]' }));
  expect(scaffold).toMatchObject({ kind: 'structure', of: 'Scaffold', name: 'c1ccccc1[*:1]' });
  expect([...scaffold.matches[0]].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('gives once what several objectives find', () => {
  expect(groups('CN', request('substructure', { smarts: 'N' }), request('substructure', { smarts: 'N' }))).toHaveLength(
    1,
  );
});
