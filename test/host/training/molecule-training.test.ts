/** amalgam train-predictor for molecules: what is found in a table, what is written, what is refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readUserPredictor } from '../../../engine/predictor/user/checkpoint.ts';
import { referenceRows } from '../../fixtures/chem/read.ts';
import { amalgam, designFile, start, temporaryFolder, tinyDnaPrior, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const FAST = ['--epochs', '2', '--threads', '2'];

/** Eighty molecules with their logP as if it were a potency in nM, a salt, a bound, a bad row. */
function table(): string {
  const rows = referenceRows()
    .slice(0, 80)
    .map(
      ({ smiles, logp }) =>
        `${smiles};${(10 ** (4 - logp)).toFixed(3).replace('.', ',')};${logp > 3 ? 'active' : 'inactive'}`,
    );
  const odd = [
    'CC(=O)[O-].[Na+];5,5;inactive',
    'CCCCCCCCO;>10000;inactive',
    'C1CC;7;active',
    'CCCCO;;',
    `${rows[0].split(';')[0]};1;active`,
  ];
  writeFileSync(at('mine.csv'), ['Structure;IC50 (nM);outcome', ...rows, ...odd].join('\n'));
  return at('mine.csv');
}

const mine = table();

test('amounts: the column is understood, and every row accounted for', async () => {
  const { code, out, err } = await amalgam([
    'train-predictor',
    mine,
    '--column',
    'ic50',
    '--out',
    at('amounts.safetensors'),
    '--even-so',
    ...FAST,
  ]);
  expect(err).toContain(
    '85 rows, semicolon-separated; columns: Structure (structure), IC50 (nM) (numbers), outcome (classes).',
  );
  expect(err).toContain('Commas in "IC50 (nM)" are decimal commas.');
  expect(err).toContain('The model will learn pIC50, -log10 of it in mol/L');
  expect(err).toMatch(/1 structure cannot be read: line 84 "C1CC": not a valid molecule: unclosed ring/);
  expect(err).toContain('1 row gives a bound instead of a value (0 "above", 1 "below" on the learnt scale)');
  expect(err).toContain('1 row repeats a molecule');
  expect(out).toContain('Measured on 81 molecules with held-out scaffolds, in 5 folds.');
  expect(out).toContain('amounts.safetensors is written');
  expect(code).toBe(0);
}, 60_000);

/** Values of the first objective for structures as a user may draw them, and the last cell, a remark. */
async function scored(model: string, structures: readonly string[]): Promise<{ value: number; remark: string }[]> {
  const { out } = await amalgam(['score', '-', '--objective', `predicted:model=${at(model)}`], structures.join('\n'));
  return out
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => ({ value: Number(line.split(',')[2]), remark: line.split(',').at(-1)! }));
}

const valuesOf = async (model: string, structures: readonly string[]): Promise<number[]> =>
  (await scored(model, structures)).map(({ value }) => value);

test('a salt and a cation are predicted as the parent that is learnt, which is said', async () => {
  const [base, salt, cation, other] = await scored('amounts.safetensors', [
    'CC1CCNCC1',
    'CC1CCNCC1.Cl',
    'CC1CC[NH2+]CC1',
    'CC1CCNCC1CCCCCC',
  ]);
  expect(salt).toEqual({ value: base.value, remark: 'predicted as CC1CCNCC1' });
  expect(cation).toEqual(salt);
  expect(base.remark).toBe('');
  expect(other.value).not.toBe(base.value);
}, 60_000);

test('what means nothing is refused, and not written', async () => {
  writeFileSync(
    at('noise.csv'),
    `smiles,y\n${referenceRows()
      .slice(0, 80)
      .map(({ smiles }, i) => `${smiles},${(i * 7919) % 101}`)
      .join('\n')}\n`,
  );
  const { code, out } = await amalgam([
    'train-predictor',
    at('noise.csv'),
    '--column',
    'y',
    '--out',
    at('refused.safetensors'),
    ...FAST,
  ]);
  expect(out).toMatch(/Predicts unseen scaffolds with R2 .*: unreliable, so it cannot be a goal\./);
  expect(out).toContain('was not written. Use --even-so to write it');
  expect(code).toBe(1);
  expect(existsSync(at('refused.safetensors'))).toBe(false);
}, 60_000);

test('classes: written even so, the same with one seed', async () => {
  const command = [
    'train-predictor',
    mine,
    '--column',
    'outcome',
    '--out',
    at('class.safetensors'),
    '--even-so',
    '--json',
    ...FAST,
  ];
  const { code, out } = await amalgam(command);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    out: at('class.safetensors'),
    task: { kind: 'classification', classes: { positive: 'active' } },
    figures: { kind: 'classification' },
  });
  const bytes = readFileSync(at('class.safetensors'));
  const predictor = readUserPredictor(bytes);
  expect(predictor.quantity).toMatchObject({
    kind: 'classification',
    name: 'outcome is active',
    unit: '',
    typical: [0, 1],
  });
  expect(predictor.members).toHaveLength(5);
  expect(predictor.history).toMatchObject({ data: 'mine.csv', structure: 'Structure' });
  await amalgam([...command.slice(0, -1), '1']);
  expect(readFileSync(at('class.safetensors')).equals(bytes)).toBe(true);
}, 60_000);

describe('several columns', () => {
  const several = [
    'train-predictor',
    at('several.csv'),
    '--column',
    'logp',
    '--column',
    'atoms',
    '--out',
    at('several.safetensors'),
    '--width',
    '8',
    '--depth',
    '2',
    '--members',
    '2',
    '--epochs',
    '2',
    '--more-epochs',
    '1',
    '--split',
    'random',
    '--threads',
    '1',
  ];

  test('are learnt together, and each is an objective', async () => {
    const rows = referenceRows()
      .slice(0, 300)
      .map(({ smiles, logp }) => `${smiles},${logp},${smiles.length}`);
    writeFileSync(at('several.csv'), ['smiles,logP,atoms (1)', ...rows, 'C1CC,1,1', 'CCCC,,4'].join('\n'));
    const { code, out, err } = await amalgam([...several, '--json']);
    expect(err).toMatch(/Omitted rows: 1\. line 302 "C1CC"/);
    expect(err).toMatch(/Network 2, pass 1: training/);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      out: at('several.safetensors'),
      figures: [
        { name: 'logP', unit: '' },
        { name: 'atoms', unit: '1' },
      ],
    });
    const scored = await amalgam([
      'score',
      at('several.csv'),
      '--objective',
      `predicted:model=${at('several.safetensors')},quantity=atoms`,
    ]);
    expect(scored.code).toBe(0);
    expect(scored.out.split('\r\n')[0]).toContain('predicted');
    expect(existsSync(at('several.safetensors.state'))).toBe(false);
  }, 60_000);

  test('learnt as drawn, a salt is predicted as drawn', async () => {
    expect((await amalgam([...several, '--as-drawn', '--out', at('drawn.safetensors')])).code).toBe(0);
    const [base, salt] = await valuesOf('drawn.safetensors,quantity=logP', ['CC1CCNCC1', 'CC1CCNCC1.Cl']);
    expect(salt).not.toBe(base);
    const [parent, drawn] = await valuesOf('several.safetensors,quantity=logP', ['CC1CCNCC1', 'CC1CCNCC1.Cl']);
    expect(drawn).toBe(parent);
  }, 60_000);

  test.each([
    [['--unit', 'nM'], /--unit needs a single --column/],
    [['--even-so'], /--even-so needs a single --column/],
    [['--resume'], /Nothing to resume/],
    [['--column', 'smiles'], /"smiles" holds structure/],
  ])('with %j are refused', async (more, message) => {
    const { code, err } = await amalgam([...several, ...more]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('refused', () => {
  test.each([
    [['--column', 'IC5'], /there is no column "IC5"\. Did you mean "IC50 \(nM\)"\?/],
    [['--column', 'Structure'], /holds the structures\. Choose the column of the measured values/],
    [['--column', 'outcome', '--unit', 'nM'], /A unit is only for amounts/],
    [['--column', 'IC50', '--unit', 'mg/mL', '--transform', 'p'], /"mg\/mL" is not a known unit of concentration/],
    [
      ['--column', 'IC50', '--column', 'outcome'],
      /"outcome" holds classes\. Columns can be learnt together only if all are numbers/,
    ],
    [['--column', 'IC50', '--structure', 'outcome'], /holds neither SMILES nor DNA/],
    [['--column', 'IC50', '--sheet', 'x'], /has no sheets/],
    [['--column', 'IC50', '--keep', 'mine'], /Give either --out or --keep/],
  ])('%j', async (more, message) => {
    const { code, err } = await amalgam(['train-predictor', mine, '--out', at('x.safetensors'), ...more]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test('too few molecules', async () => {
    writeFileSync(at('few.csv'), 'smiles,y\nCCO,1\nCCN,2\nc1ccccc1,3\n');
    const { code, err } = await amalgam([
      'train-predictor',
      at('few.csv'),
      '--column',
      'y',
      '--out',
      at('x.safetensors'),
    ]);
    expect(err).toContain('There are 3 different molecules with a value; at least 50 are needed.');
    expect(code).toBe(2);
  });
});

describe('as an objective', () => {
  const kept = { XDG_DATA_HOME: at('data') };
  const run = async (args: readonly string[]) => start(args, kept).ended;

  test('a kept predictor is listed, scores with its error and applicability domain, and lends a goal its name, unit and range', async () => {
    await run(['train-predictor', mine, '--column', 'IC50', '--keep', 'mine', '--even-so', ...FAST]);
    expect((await run(['models'])).out).toMatch(
      /Your predictors\nmine  molecule, .*\n.*\n    predicts pIC50 \(-log10\(M\)\)/,
    );
    writeFileSync(at('some.smi'), 'CCO\nF[P-](F)(F)(F)(F)F\nbad(\n');
    const { out } = await run(['score', at('some.smi'), '--objective', 'predicted:model=mine']);
    const [header, first, second, third] = out.split('\r\n');
    expect(header).toBe(
      'sequence,name,predicted:model=mine,predicted:model=mine error,predicted:model=mine in domain,reason',
    );
    const numbers = first.split(',').slice(2, 5).map(Number);
    expect(numbers[0]).toBeGreaterThan(0);
    expect(numbers[1]).toBeGreaterThan(0);
    expect(second.split(',')[4]).toBe('0');
    expect(third).toMatch(/^bad\(,,,,,not a valid molecule/);
    const design = designFile(
      folder,
      `name = "Own"\nprior = ${JSON.stringify(tinyPrior)}\n\n[[objective]]\nid = "predicted"\nmodel = "mine"\n\n[[constraint]]\nid = "predicted"\nmodel = "mine"\ngive = "likeness"\nmin = 1\n`,
    );
    const explained = await run(['design', design, '--explain']);
    expect(explained.err).toBe('');
    expect(explained.out).toContain('"higher"');
    expect(explained.code).toBe(0);
  }, 60_000);

  test('what cannot be used is refused, with the nearest that can', async () => {
    expect((await run(['score', at('some.smi'), '--objective', 'predicted:model=mime'])).err).toContain(
      'There is no predictor "mime", and no such file. Did you mean "mine"?',
    );
    expect((await run(['score', at('some.smi'), '--objective', 'predicted:model=mine,quantity=pKi'])).err).toContain(
      'does not predict "pKi". It predicts pIC50.',
    );
    expect(
      (await run(['score', at('some.smi'), '--modality', 'dna', '--objective', 'predicted:model=mine'])).err,
    ).toContain('--modality dna does not fit');
    const bytes = readFileSync(at('data/amalgam/models/mine.safetensors'));
    writeFileSync(at('cut.safetensors'), bytes.subarray(0, bytes.length - 10));
    const { err, code } = await run([
      'score',
      at('some.smi'),
      '--objective',
      `predicted:model=${at('cut.safetensors')}`,
    ]);
    expect(err).toContain('cut.safetensors cannot be used as a predictor. The checkpoint is truncated');
    expect(code).toBe(2);
    const design = designFile(
      folder,
      `name = "Own"\ndomain = "dna"\nprior = ${JSON.stringify(tinyDnaPrior)}\n\n[[objective]]\nid = "predicted"\nmodel = "mine"\n`,
    );
    expect((await run(['design', design, '--explain'])).err).toContain('"predicted" scores molecules, not DNA');
  }, 60_000);
});
