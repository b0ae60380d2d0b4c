/** Passes that compute what molecules have in common once, against plain passes. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { passPlan } from '../../../engine/predictor/ensemble-passes.ts';
import {
  messageOutputs,
  messageParameters,
  type MessageShape,
  type MessageWeights,
  type PassSize,
  passSpecs,
} from '../../../engine/predictor/message-passing.ts';
import { chempropAtoms } from '../../../engine/predictor/molecule-features.ts';
import { writePass } from '../../../engine/predictor/molecule-pass.ts';
import { sharedOutputs, type SharedSize, sharedSpecs } from '../../../engine/predictor/shared-messages.ts';
import { SharedPass } from '../../../engine/predictor/shared-pass.ts';
import { openDevice } from '../../../engine/tensor/devices.ts';
import type { Tensor } from '../../../engine/tensor/tf.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

const rdkit = await loadRdkitFromDisk();
const device = openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });
const molecules = [
  'CCO',
  'CCO',
  'c1ccccc1C(=O)NC',
  'C/C=C/C',
  'C/C=C\\C',
  'O',
  'FS(F)(F)(F)(F)F',
  'C[C@H](N)C(=O)O',
].map((smiles) => rdkit.parse(smiles)!);
const SHARE = 0.1;
const PLAIN: PassSize = { molecules: 8, atoms: 64, bonds: 96, neighbours: 8 };
const SIZE: SharedSize = {
  molecules: 8,
  kinds: 32,
  starts: 48,
  steps: [64, 72],
  atoms: 48,
  neighbours: 8,
  pieces: 16,
  largest: 16,
};

async function outputsOf(
  program: (inputs: readonly Tensor[], weights: MessageWeights<Tensor>) => Tensor,
  shape: MessageShape,
  specs: ReturnType<typeof passSpecs>,
  inputs: ReturnType<typeof writePass>,
): Promise<number[]> {
  const parameters = messageParameters(shape);
  const values = parameters.map(({ shape: dims }, k) =>
    Float32Array.from({ length: dims.reduce((n, d) => n * d, 1) }, (_, i) => Math.sin(13 * k + i) / 2),
  );
  const compiled = await device.compile(
    (...all) => [
      program(
        all.slice(0, specs.length),
        Object.fromEntries(
          parameters.map(({ name }, i) => [name, all[specs.length + i]]),
        ) as unknown as MessageWeights<Tensor>,
      ),
    ],
    [...specs, ...parameters.map(({ shape: dims }) => ({ shape: dims }))],
  );
  const [outputs] = await compiled.run([...inputs, ...values]);
  await compiled.dispose();
  return [...outputs];
}

test.each([1, 2, 3, 5])('what %i steps give is what plain passes give', async (depth) => {
  const shape: MessageShape = { hidden: 6, depth, headHidden: 5, tasks: 2 };
  const pass = new SharedPass(depth, chempropAtoms);
  expect(molecules.map((molecule) => pass.add(molecule, SIZE))).toEqual(molecules.map(() => true));
  const shared = await outputsOf(
    (inputs, weights) => sharedOutputs(SIZE, shape, SHARE, inputs, weights),
    shape,
    sharedSpecs(SIZE, shape),
    pass.write(SIZE),
  );
  const plain = await outputsOf(
    (inputs, weights) => messageOutputs(PLAIN, shape, inputs, weights),
    shape,
    passSpecs(PLAIN),
    writePass(molecules, PLAIN, SHARE),
  );
  expect(new Set(plain.map((value) => value.toFixed(3))).size).toBeGreaterThan(8);
  shared.forEach((value, i) => expect(value).toBeCloseTo(plain[i], 4));
  // Cis and trans are told apart, and equal molecules are not.
  expect(Math.abs(shared[6] - shared[8])).toBeGreaterThan(1e-6);
  expect(shared.slice(0, 2)).toEqual(shared.slice(2, 4));
});

test.each<[string, Partial<SharedSize>]>([
  ['molecules', { molecules: 7 }],
  ['kinds of atoms', { kinds: 12 }],
  ['starts', { starts: 16 }],
  ['surroundings', { steps: [20] }],
  ['atoms', { atoms: 18 }],
  ['neighbours', { neighbours: 5 }],
  ['pieces', { pieces: 8 }],
  ['atoms of one molecule', { largest: 8 }],
])('without room for the %s a molecule stays out and leaves nothing behind', (_, less) => {
  const size = { ...SIZE, ...less };
  const pass = new SharedPass(3, chempropAtoms);
  const kept = molecules.filter((molecule) => pass.add(molecule, size));
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.length).toBeLessThan(molecules.length);
  const again = new SharedPass(3, chempropAtoms);
  kept.forEach((molecule) => again.add(molecule, size));
  expect(pass.fits(size)).toBe(true);
  expect(pass.write(SIZE)).toEqual(again.write(SIZE));
});

test.each([3, 5])('with %i steps each molecule is in one pass, and one that is too large in none', (depth) => {
  const hub = rdkit.parse(`[U]${'(C)'.repeat(8)}C`)!;
  const chain = rdkit.parse('C'.repeat(100))!;
  const many = Array.from({ length: 70 }, (_, i) => rdkit.parse(`${'C'.repeat(1 + (i % 20))}N`)!);
  const passes = [...passPlan({ hidden: 6, depth, headHidden: 5, tasks: 1 }, 10)([hub, ...many, chain])];
  expect(passes.length).toBeGreaterThan(1);
  expect(passes.flatMap((pass) => pass.molecules)).toHaveLength(71);
  expect(new Set(passes.flatMap((pass) => pass.molecules))).toEqual(new Set([...many, chain]));
  passes.forEach(({ program, inputs }) =>
    expect(inputs.map(({ length }) => length)).toEqual(
      program.specs.map(({ shape }) => shape.reduce((n, d) => n * d, 1)),
    ),
  );
});
