/**
 * Divides the molecules of an ensemble into passes and chooses the program that runs each. Networks with few steps
 * compute shared surroundings once (shared-messages.ts). After more steps the molecules have little in common, and a
 * plain pass does less work.
 */
import type { TensorData, TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import { messageOutputs, type MessageShape, type MessageWeights, type PassSize, passSpecs } from './message-passing.ts';
import { describerOf } from './molecule-features.ts';
import { fits, fitTogether, type MoleculeInput, planPasses, writePass } from './molecule-pass.ts';
import { sharedOutputs, type SharedSize, sharedSpecs } from './shared-messages.ts';
import { SharedPass } from './shared-pass.ts';

/** What all passes of one size share; the same object for each of them. */
export interface PassProgram {
  readonly specs: readonly TensorSpec[];
  /** Raw outputs of one network. [molecules, T] */
  outputs(inputs: readonly Tensor[], weights: MessageWeights<Tensor>): Tensor;
}

/** Molecules in the order of the outputs' rows, with the inputs of the program. */
export interface ReadyPass<Molecule> {
  readonly molecules: readonly Molecule[];
  readonly program: PassProgram;
  readonly inputs: TensorData[];
}

/** Divides molecules into passes. A molecule that is too large for any is in none. */
export type PassPlan = <Molecule extends MoleculeInput>(
  molecules: readonly Molecule[],
) => Iterable<ReadyPass<Molecule>>;

/** Largest number of steps at which sharing is faster. */
const MOST_SHARED_STEPS = 3;

/** @param norm divisor of the sum over atoms */
export function passPlan(shape: MessageShape, norm: number): PassPlan {
  return shape.depth > MOST_SHARED_STEPS ? plainPlan(shape, norm) : sharedPlan(shape, norm);
}

/** Has room for a few drug-like molecules, or for one of the largest that RDKit reads. */
const PASS: PassSize = { molecules: 32, atoms: 512, bonds: 1152, neighbours: 8 };
/** Has room for as many small molecules, and takes half the time. */
const SMALL_PASS: PassSize = { molecules: 32, atoms: 320, bonds: 704, neighbours: 4 };

function plainPlan(shape: MessageShape, norm: number): PassPlan {
  const describe = describerOf(shape);
  const programOf = (size: PassSize): PassProgram => ({
    specs: passSpecs(size, describe.width),
    outputs: (inputs, weights) => messageOutputs(size, shape, inputs, weights),
  });
  const programs = new Map([PASS, SMALL_PASS].map((size) => [size, programOf(size)]));
  return function* (molecules) {
    const fitting = molecules.filter(({ graph }) => fits(graph, PASS));
    for (const [first, end] of planPasses(
      fitting.map(({ graph }) => graph),
      PASS,
    )) {
      const together = fitting.slice(first, end);
      const size = fitTogether(
        together.map(({ graph }) => graph),
        SMALL_PASS,
      )
        ? SMALL_PASS
        : PASS;
      yield {
        molecules: together,
        program: programs.get(size)!,
        inputs: writePass(together, size, 1 / norm, describe),
      };
    }
  };
}

/** About sixteen drug-like molecules; about thirty; about sixty; molecules of many atoms or neighbours. */
const FEW: SharedSize = {
  molecules: 16,
  kinds: 48,
  starts: 80,
  steps: [256, 448],
  atoms: 352,
  neighbours: 4,
  pieces: 64,
  largest: 64,
};
const SOME: SharedSize = {
  molecules: 32,
  kinds: 56,
  starts: 96,
  steps: [400, 848],
  atoms: 704,
  neighbours: 4,
  pieces: 128,
  largest: 64,
};
const MANY: SharedSize = {
  molecules: 64,
  kinds: 64,
  starts: 112,
  steps: [544, 1344],
  atoms: 1280,
  neighbours: 4,
  pieces: 240,
  largest: 64,
};
const LARGE: SharedSize = {
  molecules: 8,
  kinds: 512,
  starts: 1152,
  steps: [1152],
  atoms: 512,
  neighbours: 8,
  pieces: 72,
  largest: 512,
};

/** A pass that is being filled. */
interface Filling<Molecule> {
  readonly pass: SharedPass;
  readonly molecules: Molecule[];
}

function sharedPlan(shape: MessageShape, norm: number): PassPlan {
  const programOf = (size: SharedSize): PassProgram => ({
    specs: sharedSpecs(size, shape),
    outputs: (inputs, weights) => sharedOutputs(size, shape, 1 / norm, inputs, weights),
  });
  const programs = new Map([FEW, SOME, MANY, LARGE].map((size) => [size, programOf(size)]));
  const fresh = <Molecule>(): Filling<Molecule> => ({
    pass: new SharedPass(shape.depth, describerOf(shape)),
    molecules: [],
  });
  const ready = <Molecule>({ pass, molecules }: Filling<Molecule>, filled: SharedSize): ReadyPass<Molecule> => {
    const size = [FEW, SOME].find((one) => pass.fits(one)) ?? filled;
    return { molecules, program: programs.get(size)!, inputs: pass.write(size) };
  };
  return function* <Molecule extends MoleculeInput>(molecules: readonly Molecule[]) {
    const filling = new Map([MANY, LARGE].map((size) => [size, fresh<Molecule>()]));
    for (const molecule of molecules) {
      for (const [size, current] of filling) {
        if (added(current, molecule, size)) break;
        const next = fresh<Molecule>();
        if (!added(next, molecule, size)) continue;
        yield ready(current, size);
        filling.set(size, next);
        break;
      }
    }
    for (const [size, last] of filling) if (last.molecules.length > 0) yield ready(last, size);
  };
}

/** Whether the molecule had room. */
function added<Molecule extends MoleculeInput>(
  { pass, molecules }: Filling<Molecule>,
  molecule: Molecule,
  size: SharedSize,
): boolean {
  const has = pass.add(molecule, size);
  if (has) molecules.push(molecule);
  return has;
}
