import { describe, expect, it } from 'vitest';
import {
  decoderShape,
  type GeneratorConfig,
  readGenerator,
  writeGenerator,
} from '../../../engine/generator/checkpoint.ts';
import { decoderParameters } from '../../../engine/generator/decoder.ts';
import { initialWeights } from '../../../engine/generator/parameters.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import {
  CheckpointError,
  fromHalf,
  readSafetensors,
  toHalf,
  writeSafetensors,
} from '../../../engine/generator/safetensors.ts';

const config: GeneratorConfig = {
  modality: 'molecule',
  layers: 1,
  width: 8,
  heads: 2,
  keyValueHeads: 1,
  context: 10,
  vocabulary: ['<s>', 'C', 'O'],
};
const { modality, ...shape } = config;
/** As a file has it. */
const fileConfig = { domain: modality, ...shape };
const weights = initialWeights(decoderParameters(decoderShape(config)), randomStream(1).normal);
const generator = { config, weights, history: { tokens: 12 } };

describe('generator checkpoint', () => {
  it('comes back as it was written', () => {
    expect(readGenerator(writeGenerator(generator, 'F32'))).toEqual(generator);
  });

  it('reads a Node buffer that shares its memory', () => {
    const bytes = writeGenerator(generator, 'F16');
    const pool = Buffer.alloc(bytes.length + 64);
    pool.set(bytes, 3);
    expect(readGenerator(pool.subarray(3, 3 + bytes.length))).toEqual(readGenerator(bytes));
  });

  it('loses less than a thousandth in half precision', () => {
    const { weights: half } = readGenerator(writeGenerator(generator, 'F16'));
    half.forEach((value, i) =>
      expect(Math.abs(value - weights[i])).toBeLessThanOrEqual(Math.abs(weights[i]) / 1000 + 1e-7),
    );
  });

  it.each([1, 7, 40, 200, -1])('names a file that is cut after %i bytes', (length) => {
    const bytes = writeGenerator(generator, 'F32');
    expect(() => readGenerator(bytes.slice(0, length))).toThrow(CheckpointError);
  });

  it('refuses other files and damaged headers', () => {
    expect(() => readGenerator(new TextEncoder().encode('{"not": "a checkpoint", "but": "JSON"}'))).toThrow(
      /not a safetensors/,
    );
    const other = writeSafetensors(new Map(), { format: 'pt' }, 'F32');
    expect(() => readGenerator(other)).toThrow(/not a generator of Amalgam/);
    const lacking = writeSafetensors(
      new Map(),
      { format: 'amalgam-generator-1', config: JSON.stringify(fileConfig), history: '{}' },
      'F32',
    );
    expect(() => readGenerator(lacking)).toThrow(/lacks embedding\.token/);
    const hostile = JSON.stringify({ ...fileConfig, heads: 3 });
    const uneven = writeSafetensors(
      new Map(),
      { format: 'amalgam-generator-1', config: hostile, history: '{}' },
      'F32',
    );
    expect(() => readGenerator(uneven)).toThrow(/3 heads do not divide its width 8/);
  });

  it('refuses values that are not numbers', () => {
    const broken = weights.slice();
    broken[5] = NaN;
    expect(() => readGenerator(writeGenerator({ ...generator, weights: broken }, 'F32'))).toThrow(/not finite/);
  });

  it('refuses a tensor whose size and place differ', () => {
    const bytes = writeSafetensors(new Map([['x', { shape: [4], values: new Float32Array(4) }]]), {}, 'F32');
    const text = new TextDecoder('latin1').decode(bytes).replace('"shape":[4]', '"shape":[9]');
    expect(() => readSafetensors(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toThrow(
      /takes 16 bytes; its shape needs 36/,
    );
  });
});

describe('half precision', () => {
  it('equals IEEE 754 binary16', () => {
    // Values by numpy: np.array([...], dtype=np.float16).view(np.uint16)
    const values = Float32Array.of(0, 1, -2.5, 65504, 1e-5, 6e-8, 0.1, 1 / 3, 1e9);
    expect(Array.from(toHalf(values))).toEqual([0, 15360, 49408, 31743, 168, 1, 11878, 13653, 31744]);
    expect(Array.from(fromHalf(Uint16Array.of(168, 13653, 31743)))).toEqual([
      0.000010013580322265625, 0.333251953125, 65504,
    ]);
  });
});
