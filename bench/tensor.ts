/**
 * Speed of the tensor runtime beside PyTorch and eager TF.js, in one run on two
 * threads: a training step of 64 x 32 tokens, and sampling at the lengths of
 * real molecules (the shipped prior). Usage: npm run bench -- tensor [ROUNDS] [--out FILE.json]
 * Peers: python3 with torch; AMALGAM_TENSORFLOW names a folder where tfjs-node is installed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decoderShape, readGenerator } from '../engine/generator/checkpoint.ts';
import {
  decoderLogits,
  decoderParameters,
  type DecoderShape,
  tokenLogProbabilities,
} from '../engine/generator/decoder.ts';
import { packedSpecs } from '../engine/generator/likelihood.ts';
import { initialWeights, viewParameters } from '../engine/generator/parameters.ts';
import { randomStream } from '../engine/generator/random.ts';
import { createSampler } from '../engine/generator/sampler.ts';
import { parameterSpecs } from '../engine/generator/step.ts';
import { Adam } from '../engine/learn/optimizers.ts';
import type { Device } from '../engine/tensor/device.ts';
import { ortDevice } from '../engine/tensor/ort.ts';
import { tensorflowDevice } from '../engine/tensor/tensorflow.ts';
import * as tf from '../engine/tensor/tf.ts';
import { record, recordNothing, rounded, words } from './record.ts';

const ROWS = 64;
const LENGTH = 32;
const THREADS = 2;
const SAMPLES = 8192;
const rounds = Number(words[0] ?? 3);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function benchShape(keyValueHeads: number): DecoderShape {
  return { vocabulary: 48, layers: 4, width: 192, heads: 6, keyValueHeads, context: 64 };
}

/** Milliseconds per training step, for each of `repeats`: forward pass, backward pass, Adam. */
async function trainingSteps(device: Device, shape: DecoderShape, repeats: number): Promise<number[]> {
  const specs = decoderParameters(shape);
  const program = await device.compile(
    (...all) => {
      const [tokens, positions, segments, targets] = all;
      const loss = (...p: tf.Tensor[]) =>
        tf.neg(
          tf.mean(
            tokenLogProbabilities(decoderLogits(shape, p, tokens, positions, segments), tf.reshape(targets, [-1])),
          ),
        ) as tf.Scalar;
      const { value, grads } = tf.valueAndGrads(loss)(all.slice(4));
      return [value, ...grads];
    },
    [...packedSpecs(ROWS, LENGTH), ...parameterSpecs(shape)],
  );
  const random = randomStream(1);
  const weights = initialWeights(specs, random.normal);
  const gradient = new Float32Array(weights.length);
  const into = [new Float32Array(1), ...viewParameters(specs, gradient)];
  const tokens = Int32Array.from({ length: ROWS * LENGTH }, () => random.below(shape.vocabulary));
  const inputs = [
    tokens,
    tokens.map((_, i) => i % LENGTH),
    tokens.map(() => 1),
    tokens,
    ...viewParameters(specs, weights),
  ];
  const adam = new Adam(weights.length);
  const times: number[] = [];
  for (let i = 0; i < repeats + 2; i++) {
    const start = performance.now();
    await program.run(inputs, into);
    adam.step(weights, gradient, 1e-3);
    times.push(performance.now() - start);
  }
  await program.dispose();
  return times.slice(2);
}

/** Sequences per second of the shipped prior at their own lengths. */
async function sampling(device: Device): Promise<number> {
  const generator = readGenerator(readFileSync(path.join(process.cwd(), 'models/druglike.safetensors')));
  const sampler = await createSampler(device, decoderShape(generator.config), { slots: 256, weights: 'constant' });
  await sampler.load(generator.weights);
  const settings = { temperature: 1, topP: 1 };
  await sampler.sample(256, settings, (i) => randomStream(0, i));
  const start = performance.now();
  await sampler.sample(SAMPLES, settings, (i) => randomStream(1, i));
  const rate = (SAMPLES / (performance.now() - start)) * 1e3;
  await sampler.dispose();
  return rate;
}

function torch(kind: 'train' | 'sample', keyValueHeads: number, repeats: number): number[] | undefined {
  const script = path.join(process.cwd(), 'bench/peers/tensor.py');
  try {
    const output = execFileSync('python3', [script, kind, String(keyValueHeads), String(repeats)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(output) as { figures: number[] }).figures;
  } catch {
    return undefined;
  }
}

/** Runs the contenders in turn, several times, so that changes of the machine affect all alike. */
async function interleave(
  contenders: Record<string, () => Promise<number[] | undefined>>,
): Promise<Record<string, number | undefined>> {
  const figures: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const values = await run();
      if (values !== undefined) (figures[name] ??= []).push(...values);
    }
  }
  return Object.fromEntries(Object.keys(contenders).map((name) => [name, figures[name] && median(figures[name])]));
}

function report(
  title: string,
  unit: string,
  rows: Record<string, number | undefined>,
  peer: string,
  higherIsBetter: boolean,
): void {
  console.log(`\n${title}`);
  for (const [name, value] of Object.entries(rows)) {
    const base = rows[peer];
    const ratio = value === undefined || base === undefined ? undefined : higherIsBetter ? value / base : base / value;
    const speed = ratio === undefined ? '' : `${ratio.toFixed(2)} x the speed of ${peer}`;
    console.log(
      `  ${name.padEnd(30)} ${value === undefined ? 'not here' : `${value.toFixed(1)} ${unit}`}   ${name === peer ? '' : speed}`,
    );
  }
}

const cpu = ortDevice({ id: 'cpu', threads: THREADS });

function eager(): Device | undefined {
  const folder = process.env.AMALGAM_TENSORFLOW;
  return folder === undefined
    ? undefined
    : tensorflowDevice(createRequire(path.join(path.resolve(folder), 'package.json')), THREADS);
}

const steps: Record<string, number | undefined>[] = [];
for (const heads of [6, 1]) {
  const rows = await interleave({
    PyTorch: async () => torch('train', heads, 10),
    'Amalgam, cpu': () => trainingSteps(cpu, benchShape(heads), 10),
    'TF.js eager on tfjs-node': async () => {
      const device = eager();
      return device && trainingSteps(device, benchShape(heads), 3);
    },
  });
  steps.push(rows);
  report(
    `Training step, 64 x 32 tokens, 4 x 192, ${heads} key-value heads, ${THREADS} threads`,
    'ms',
    rows,
    'PyTorch',
    false,
  );
}
const rows = await interleave({
  'PyTorch, static cache, 64 steps, 6 key-value heads': async () => torch('sample', 6, 3),
  'PyTorch, static cache, 64 steps, 1 key-value head': async () => torch('sample', 1, 3),
  'Amalgam, cpu, real lengths': async () => [await sampling(cpu)],
});
report('Sampling, 4 x 192, 2 threads', 'sequences/s', rows, 'PyTorch, static cache, 64 steps, 6 key-value heads', true);

const peer = 'PyTorch';
const speeds = (name: string) =>
  steps.flatMap((step) => {
    const [time, base] = [step[name], step[peer]];
    return [
      time === undefined ? null : rounded(time, 0),
      name === peer || time === undefined || base === undefined ? null : rounded(base / time, 2),
    ];
  });
if (steps.every((step) => step[peer] !== undefined))
  record('tensor', {
    seeds: 'fixed in `bench/tensor.ts`',
    conditions:
      'PyTorch (`bench/peers/tensor.py`) and eager TF.js run the same decoder in the same run on the same two threads.',
    units: 'milliseconds per training step; sequences per second; "times" is the ratio of speeds to PyTorch',
    tables: {
      step: {
        columns: [
          { label: '' },
          { label: '6 key-value heads', unit: 'ms' },
          { label: 'against PyTorch', digits: 2, unit: 'times' },
          { label: '1 key-value head (the shipped generator)', unit: 'ms' },
          { label: 'against PyTorch', digits: 2, unit: 'times' },
        ],
        rows: Object.keys(steps[0]).map((label) => ({ label, cells: speeds(label) })),
      },
      sampling: {
        columns: [{ label: '' }, { label: 'sequences per second' }],
        rows: Object.entries(rows).map(([label, value]) => ({
          label,
          cells: [value === undefined ? null : rounded(value, 0)],
        })),
      },
    },
  });
else recordNothing();
