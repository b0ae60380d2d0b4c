/**
 * @file A device is trusted once it has reproduced PyTorch's loss and gradients for a small decoder. Its speed is the
 * time of the passes of a training step.
 */
import type { Device, Program, TensorData } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import { crossEntropySum, decoderParameters, type DecoderShape } from './decoder.ts';
import { packedSpecs } from './likelihood.ts';
import { type PackedRows, packSequences } from './packing.ts';
import { parameterCount, viewParameters, type Weights } from './parameters.ts';
import { parameterSpecs } from './step.ts';

export interface SelfTest {
  readonly passed: boolean;
  /** Largest relative error of the loss and of each gradient's norm. */
  readonly error: number;
}

const SELF_TEST_TOLERANCE = 1e-4;

interface Problem {
  readonly shape: DecoderShape;
  readonly packed: PackedRows;
  readonly weights: Weights;
}

const SELF_TEST_SHAPE: DecoderShape = { vocabulary: 11, layers: 2, width: 24, heads: 4, keyValueHeads: 2, context: 16 };
/** The shape whose speed is reported: 4 x 192, as in docs/results. */
const SPEED_SHAPE: DecoderShape = { vocabulary: 48, layers: 4, width: 192, heads: 6, keyValueHeads: 1, context: 64 };

/** Loss and norms of the gradients, in the order of the parameters: PyTorch 2.15, test/fixtures/generator/make.py. */
const EXPECTED = [
  98.6153357863458, 74.03030929330347, 68.41391603434529, 1.4218268689022822, 54.105873528005375, 1.832545909759458,
  6.690372365917993, 3.7470197787024127, 51.35554621657373, 8.237242576294262, 11.67145126534735, 25.214256503381563,
];

/** Weights and tokens from formulas that any language can repeat: w[i] = 0.25 sin(0.37 i + 1). */
function problem(shape: DecoderShape, sequences: number, rows: number): Problem {
  const weights = new Float32Array(parameterCount(decoderParameters(shape))).map(
    (_, i) => 0.25 * Math.sin(0.37 * i + 1),
  );
  const lengths = Array.from({ length: sequences }, (_, i) => 4 + ((i * 5) % (shape.context - 4)));
  const tokens = lengths.map((n, i) =>
    Int32Array.from({ length: n }, (_, j) =>
      j === 0 || j === n - 1 ? 0 : 1 + ((i * 7 + j * j) % (shape.vocabulary - 1)),
    ),
  );
  return { shape, packed: packSequences(tokens, shape.context, rows), weights };
}

/** Compares a device with PyTorch on a decoder that has every part of a real one. */
export async function selfTest(device: Device): Promise<SelfTest> {
  const { values } = await lossAndGradients(device, problem(SELF_TEST_SHAPE, 5, 1), 1);
  const measured = [values[0][0], ...values.slice(1).map(norm)];
  const error = Math.max(...measured.map((value, i) => Math.abs(value - EXPECTED[i]) / Math.abs(EXPECTED[i])));
  return { passed: error < SELF_TEST_TOLERANCE, error };
}

const SPEED_REPEATS = 6;
/** A device that takes longer than this in total is not timed again: its speed is clear by then. */
const SPEED_BUDGET_MS = 3000;

/** Median milliseconds of forward and backward pass over 1,024 tokens, 4 x 192. */
export async function measureStep(device: Device): Promise<number> {
  const { times } = await lossAndGradients(device, problem(SPEED_SHAPE, 16, 16), SPEED_REPEATS);
  const warm = times.length > 1 ? times.slice(1) : times;
  return warm.sort((a, b) => a - b)[Math.floor(warm.length / 2)];
}

async function lossAndGradients(
  device: Device,
  { shape, packed, weights }: Problem,
  repeats: number,
): Promise<{ values: TensorData[]; times: number[] }> {
  const program = await compile(device, shape, packed);
  const inputs = [
    packed.tokens,
    packed.positions,
    packed.segments,
    packed.targets,
    packed.mask,
    ...viewParameters(decoderParameters(shape), weights),
  ];
  const times: number[] = [];
  let values: TensorData[] = [];
  try {
    for (let i = 0, spent = 0; i < repeats && spent < SPEED_BUDGET_MS; i++) {
      const start = performance.now();
      values = await program.run(inputs);
      times.push(performance.now() - start);
      spent += times[i];
    }
    return { values, times };
  } finally {
    await program.dispose();
  }
}

function compile(device: Device, shape: DecoderShape, packed: PackedRows): Promise<Program> {
  const specs = [
    ...packedSpecs(packed.rows, packed.length),
    { shape: [packed.rows * packed.length] },
    ...parameterSpecs(shape),
  ];
  return device.compile((...all) => {
    const loss = (...parameters: tf.Tensor[]) => crossEntropySum(shape, all, parameters);
    const { value, grads } = tf.valueAndGrads(loss)(all.slice(5));
    return [value, ...grads];
  }, specs);
}

function norm(values: TensorData): number {
  let sum = 0;
  for (const x of values) sum += x * x;
  return Math.sqrt(sum);
}
