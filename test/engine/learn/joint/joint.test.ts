/** Several quantities learnt together: rows, split, the additive part, and a training that goes on where it stopped. */
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { scaffoldKey } from '../../../../engine/chem/scaffold.ts';
import { gatherJoint, type JointMolecules, type JointRow } from '../../../../engine/learn/joint/molecules.ts';
import { assembleJoint } from '../../../../engine/learn/joint/report.ts';
import { prepareJoint, splitMolecules } from '../../../../engine/learn/joint/set.ts';
import { type JointSettings, passFor, trainJoint } from '../../../../engine/learn/joint/training.ts';
import { readPredictorState, writePredictorState } from '../../../../engine/learn/predictor-state.ts';
import { FRESH_TRAINING, type PredictorTrainingState } from '../../../../engine/learn/predictor-training.ts';
import { ringAtoms } from '../../../../engine/predictor/molecule-features.ts';
import { openDevice } from '../../../../engine/tensor/devices.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';
import { referenceRows } from '../../../fixtures/chem/read.ts';

const rdkit = await loadRdkitFromDisk();
const device = openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });
const styles = [{ decimalComma: false }, { decimalComma: false }];
const gather = (rows: readonly (readonly [string, ...string[]])[], asDrawn = false) =>
  gatherJoint(
    rdkit,
    rows.map(([structure, ...cells], i): JointRow => ({ line: i + 2, structure, cells })),
    { styles, asDrawn },
  );

describe('rows', () => {
  test('of one molecule are averaged over what was measured; what cannot be read is said with its line', () => {
    const { molecules, values, problems, duplicates } = gather([
      ['OCC', '1', '10'],
      ['CCO', '3', ''],
      ['C1CC', '1', '1'],
      ['CCN', 'much', '1'],
      ['CCC', '>5', '1'],
    ]);
    expect(molecules.map(({ input }) => input)).toEqual(['CCO']);
    expect([...values[0]]).toEqual([2, 10]);
    expect(duplicates).toBe(1);
    expect(problems).toMatchObject([
      { line: 4, reason: expect.stringContaining('unclosed ring') as string },
      { line: 5, text: 'much', reason: 'is not a number' },
      { line: 6, text: '>5', reason: 'is a bound, which can only be learnt from with a single --column' },
    ]);
  });

  test('are neutralised, or left as they are drawn', () => {
    const zwitterion: [string, string, string] = ['[NH3+]CC([O-])=O', '1', '1'];
    expect(gather([zwitterion]).molecules[0].input).toBe('NCC(=O)O');
    expect(gather([zwitterion], true).molecules[0].input).toBe('[NH3+]CC(=O)[O-]');
  });
});

/** Molecules with their number of heavy atoms, which is additive, and their logP. */
const data: JointMolecules = gather(
  referenceRows()
    .slice(0, 120)
    .map(({ smiles, logp }) => [
      smiles,
      String(
        rdkit.withMolecule(
          smiles,
          ({ graph }) => graph.atoms,
          () => 0,
        ),
      ),
      String(logp),
    ]),
);

test('by chance a tenth is held out to report on, with one seed the same; by scaffold no scaffold is in two folds', () => {
  const folds = splitMolecules(data.molecules, 'random', 1);
  const count = data.molecules.length;
  expect(folds.test).toHaveLength(Math.floor(count / 10));
  expect([...folds.test, ...folds.validation, ...folds.training].sort((a, b) => a - b)).toEqual([
    ...data.molecules.keys(),
  ]);
  expect(splitMolecules(data.molecules, 'random', 1)).toEqual(folds);
  expect(splitMolecules(data.molecules, 'random', 2)).not.toEqual(folds);
  const byScaffold = splitMolecules(data.molecules, 'scaffold', 1);
  const scaffolds = [byScaffold.test, byScaffold.validation, byScaffold.training].map(
    (fold) => new Set(fold.map((i) => scaffoldKey(data.molecules[i].graph))),
  );
  expect(scaffolds.reduce((sum, { size }) => sum + size, 0)).toBe(
    new Set(data.molecules.map(({ graph }) => scaffoldKey(graph))).size,
  );
});

test('the additive part finds what is additive, and what it leaves over is standardised', () => {
  const { additive, scales, examples, folds } = prepareJoint(data, splitMolecules(data.molecules, 'random', 1));
  expect(additive).toHaveLength(2);
  expect(scales[0].deviation).toBeLessThan(0.5);
  expect(scales[1].deviation).toBeGreaterThan(0.5);
  const mean = folds.training.reduce((sum, i) => sum + examples[i].wanted[1], 0) / folds.training.length;
  expect(mean).toBeCloseTo(0, 5);
});

test('a pass has room for the largest molecule alone', () => {
  const pass = passFor(data.molecules, 1);
  const [atoms, bonds] = [
    Math.max(...data.molecules.map(({ graph }) => graph.atoms)),
    Math.max(...data.molecules.map(({ graph }) => 2 * graph.bonds)),
  ];
  expect(pass).toMatchObject({ molecules: 1, atoms: atoms + 1, bonds: bonds + 1 });
});

const settings: JointSettings = {
  shape: { hidden: 32, depth: 3, headHidden: 32, tasks: 2, atomFeatures: ringAtoms.width },
  norm: 20,
  members: 2,
  epochs: 30,
  moreEpochs: 2,
  batch: 8,
  learningRate: 1e-2,
  weightDecay: 0.01,
  seed: 1,
};

test('a training that was stopped ends as one that never was; each further network goes on from the one before', async () => {
  const folds = splitMolecules(data.molecules, 'random', 1);
  // Few molecules are soon known by heart.
  const set = prepareJoint(data, { ...folds, training: folds.training.slice(0, 24) });
  const origin = { settings, dataHash: 'x', columns: ['size', 'logp'] };
  const states: Uint8Array[] = [];
  const whole = await trainJoint(set.examples, set.folds, settings, device, {
    onState: (state) => void states.push(writePredictorState(state, origin)),
  });
  expect(whole.curve.map(({ member, epoch }) => `${member}.${epoch}`)).toEqual([
    ...Array.from({ length: 30 }, (_, epoch) => `0.${epoch}`),
    '1.0',
    '1.1',
  ]);
  expect(whole.curve[29].training).toBeLessThan(whole.curve[0].training / 1.5);
  expect(whole.curve[30].training).toBeLessThan(whole.curve[0].training);
  for (const epochs of [20, 31]) {
    const resumed: PredictorTrainingState = await trainJoint(
      set.examples,
      set.folds,
      settings,
      device,
      {},
      readPredictorState(states[epochs - 1], origin),
    );
    expect(resumed).toEqual(whole);
  }
  const { predictor, figures } = await assembleJoint(
    set,
    settings,
    [
      { name: 'size', unit: '', wanted: 'higher' },
      { name: 'logP', unit: '', wanted: 'lower' },
    ],
    whole.finished,
    device,
    { data: 'x' },
  );
  expect(predictor.members).toHaveLength(2);
  expect(predictor.history).toMatchObject({ data: 'x', report: figures });
  expect(figures).toMatchObject([{ name: 'size', count: set.folds.test.length }, { name: 'logP' }]);
  expect(figures[0].additiveMae).toBeLessThan(figures[0].meanMae / 2);
}, 30_000);

test('an abort leaves the state as it was', async () => {
  const set = prepareJoint(data, splitMolecules(data.molecules, 'random', 1));
  expect(await trainJoint(set.examples, set.folds, settings, device, { signal: AbortSignal.abort() })).toBe(
    FRESH_TRAINING,
  );
});
