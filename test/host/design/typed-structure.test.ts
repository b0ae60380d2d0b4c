/**
 * @file What is typed, pasted or drawn where one structure is asked for: what is taken, and what is said of everything
 * else.
 */
import { join } from 'node:path';
import { Molecule } from 'openchemlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { drugNames } from '../../../host/design/names/drugs.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { temporaryFolder } from '../tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(() => host.close());

const read = (text: string, as: 'structure' | 'pattern' = 'structure') => host.call('molecule.read', { text, as });
/** As the editor hands a drawing back. */
const drawn = (smiles: string) => Molecule.fromSmiles(smiles).toMolfile();

describe('is refused, with its place and what would do:', () => {
  test.each([
    [
      'a table',
      'smiles,logp\nCCO,-0.1\nc1ccccc1,2.1',
      /^These are 3 lines\. Give only one structure\. The first is in line 2, “CCO”\.$/,
    ],
    [
      'a column of words',
      'name\nunknown',
      /^These are 2 lines\. Give only one structure\. None is in line 1, “name”\.$/,
    ],
    ['a row that begins with a number', '17;CCO;ethanol', /neither a valid SMILES.*Column 2 has a structure: "CCO"\.$/],
    [
      '10,000 characters',
      'C'.repeat(10_000),
      /^The text of 10,000 characters is too large: more than 500 atoms, .*Give a part of it\.$/,
    ],
    [
      'a reaction',
      'CCO.CC(=O)O>>CC(=O)OCC.O',
      /^“CCO\.CC\(=O\)O>>CC\(=O\)OCC\.O” is a reaction\. Give one of its molecules\. The first product is "CC\(=O\)OCC"\.$/,
    ],
    [
      'a mixture',
      'CN1CCC[C@H]1c1cccnc1.Cl',
      /is a mixture of 2 molecules\. Give only one of them\. The largest is “CN1CCC\[C@H\]1c1cccnc1”\.$/,
    ],
    [
      'a radical',
      'CC[CH2]',
      /^“CC\[CH2\]” is a radical: its atom 3 has an unpaired electron\. With hydrogen there it is “CCC”\.$/,
    ],
    ['an emoji', 'CC🧪O', /As a SMILES: "🧪" at position 3\.$/],
    ['an open ring', 'c1ccccc', /As a SMILES: unclosed ring/],
    ['five bonds at a carbon', 'CC(C)(C)(C)C', /valence for atom # 1 C, 5/],
    ['a mistyped name', 'celecoxip', /The nearest known name is "celecoxib"\.$/],
    ['nothing', ' \n ', /^No structure is given\. Enter the name of a drug, a SMILES or a molfile\.$/],
    ['a cut molfile', '\n\n\nnonsense\nM  END\n', /^The molfile can’t be read: /],
    [
      'an SD file of two',
      `${drawn('CCO')}$$$$\n${drawn('CCN')}$$$$\n`,
      /^These are 2 molecules, separated by “\$\$\$\$”\. Give only one of them\.$/,
    ],
    ['a drawn mixture', drawn('CCO.CCN'), /is a mixture of 2 molecules/],
  ])('%s', async (_what, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('a bad pattern', async () => {
    await expect(read('c1cc[n', 'pattern')).rejects.toThrow(/SMARTS/);
  });
});

describe('is taken:', () => {
  it('a name and a SMILES as they are, with a mol block to draw on', async () => {
    const { text, molfile } = await read(' Celecoxib ');
    expect(text).toBe('Celecoxib');
    expect((await read(molfile!)).text).toBe((await read(Molecule.fromSmiles(drugNames().celecoxib).toMolfile())).text);
    expect((await read('CCO ethanol')).text).toBe('CCO ethanol');
  });

  test.each([
    'c1cc([*:1])ccn1',
    'C[C@H](N)C(=O)O',
    'C/C=C\\C',
    'Cn1c(=O)c2c(ncn2C)n(C)c1=O',
    '[NH3+]CC(=O)[O-]',
    '[2H]c1ccccc1',
    'O=[N+]([O-])c1ccccc1',
  ])('%s comes back from the drawing as it went there', async (smiles) => {
    const { molfile } = await read(smiles);
    expect((await read(Molecule.fromMolfile(molfile!).toMolfile())).text).toBe(smiles);
  });

  it('a label R1 as the attachment point 1', async () => {
    const molecule = Molecule.fromSmiles('Cc1ccncc1');
    // R1, in the editor's numbers of elements.
    molecule.setAtomicNo(0, 142);
    expect((await read(molecule.toMolfile())).text).toBe('[*:1]c1ccncc1');
  });

  it('a pattern with choices as text alone', async () => {
    expect(await read('[C,N]=O', 'pattern')).toEqual({ text: '[C,N]=O', molfile: null });
  });

  test.each([
    ['c1cc[nH]c1', 'c1cc[n]c1'],
    ['C[NH3+]', 'C[N+]'],
    ['C[C@H](N)O', 'C[C@H](N)O'],
    ['c1ccncc1', 'c1ccncc1'],
  ])('the drawing of %s as the pattern %s', async (smiles, pattern) => {
    expect((await read(drawn(smiles), 'pattern')).text).toBe(pattern);
  });
});
