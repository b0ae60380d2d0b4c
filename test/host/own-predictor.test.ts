/** amalgam train-predictor for molecules: what is found in a table, what is written, what is refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOwnPredictor } from '../../engine/predictor/own/checkpoint.ts';
import { referenceRows } from '../fixtures/chem/read.ts';
import { amalgam, temporaryFolder } from './tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const FAST = ['--epochs', '2', '--threads', '2'];

/** Eighty molecules with their logP as if it were a potency in nM, a salt, a bound, a bad row. */
function table(): string {
  const rows = referenceRows().slice(0, 80).map(({ smiles, logp }) => `${smiles};${(10 ** (4 - logp)).toFixed(3).replace('.', ',')};${logp > 3 ? 'active' : 'inactive'}`);
  const odd = ['CC(=O)[O-].[Na+];5,5;inactive', 'CCCCCCCCO;>10000;inactive', 'C1CC;7;active', 'CCCCO;;', `${rows[0].split(';')[0]};1;active`];
  writeFileSync(at('mine.csv'), ['Structure;IC50 (nM);outcome', ...rows, ...odd].join('\n'));
  return at('mine.csv');
}

const mine = table();

test('amounts: the column is understood, every row accounted for, and what the verdict refuses is not written', async () => {
  const { code, out, err } = await amalgam(['train-predictor', mine, '--column', 'ic50', '--out', at('refused.safetensors'), ...FAST]);
  expect(err).toContain('85 rows, parted by semicolons; columns: Structure (structure), IC50 (nM) (numbers), outcome (classes).');
  expect(err).toContain('Commas in "IC50 (nM)" are decimal commas.');
  expect(err).toContain('-log10 of it in mol/L is learnt (pIC50)');
  expect(err).toMatch(/1 structure cannot be read: line 84 "C1CC": not a valid molecule: unclosed ring/);
  expect(err).toContain('1 row gives a bound and no value (0 "above", 1 "below" on the learnt scale)');
  expect(err).toContain('1 row holds a molecule of another row');
  expect(out).toContain('of held-out scaffolds (5 folds)');
  expect(out).toContain('is not written. With --even-so it is');
  expect(code).toBe(1);
  expect(existsSync(at('refused.safetensors'))).toBe(false);
}, 60_000);

test('classes: written even so, the same with one seed', async () => {
  const command = ['train-predictor', mine, '--column', 'outcome', '--out', at('class.safetensors'), '--even-so', '--json', ...FAST];
  const { code, out } = await amalgam(command);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ out: at('class.safetensors'), task: { kind: 'classification', classes: { positive: 'active' } }, figures: { kind: 'classification' } });
  const bytes = readFileSync(at('class.safetensors'));
  const predictor = readOwnPredictor(bytes);
  expect(predictor.quantity).toMatchObject({ kind: 'classification', name: 'outcome is active', unit: '', typical: [0, 1] });
  expect(predictor.members).toHaveLength(5);
  expect(predictor.history).toMatchObject({ data: 'mine.csv', structure: 'Structure' });
  await amalgam([...command.slice(0, -1), '1']);
  expect(readFileSync(at('class.safetensors')).equals(bytes)).toBe(true);
}, 60_000);

describe('refused', () => {
  test.each([
    [['--column', 'IC5'], /there is no column "IC5"\. Did you mean "IC50 \(nM\)"\?/],
    [['--column', 'Structure'], /holds the structures; name the column of what was measured/],
    [['--column', 'outcome', '--unit', 'nM'], /A unit fits amounts/],
    [['--column', 'IC50', '--unit', 'mg/mL', '--transform', 'p'], /"mg\/mL" is no concentration that is known/],
    [['--column', 'IC50', '--column', 'outcome'], /is trained on one --column/],
    [['--column', 'IC50', '--structure', 'outcome'], /holds neither SMILES nor DNA/],
    [['--column', 'IC50', '--sheet', 'x'], /has no sheets/],
  ])('%j', async (more, message) => {
    const { code, err } = await amalgam(['train-predictor', mine, '--out', at('x.safetensors'), ...more]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test('too few molecules', async () => {
    writeFileSync(at('few.csv'), 'smiles,y\nCCO,1\nCCN,2\nc1ccccc1,3\n');
    const { code, err } = await amalgam(['train-predictor', at('few.csv'), '--column', 'y', '--out', at('x.safetensors')]);
    expect(err).toContain('There are 3 different molecules with a value; 50 are needed at least.');
    expect(code).toBe(2);
  });
});
