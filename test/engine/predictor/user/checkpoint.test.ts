/** A predictor's file: what is written is read, and what is damaged or hostile is refused with an error. */
import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../../../engine/generator/safetensors.ts';
import { Applicability, applicabilityLimit } from '../../../../engine/predictor/user/applicability.ts';
import { readUserPredictor, writeUserPredictor } from '../../../../engine/predictor/user/checkpoint.ts';
import { smallPredictor as predictor } from '../../../fixtures/predictor/small.ts';

const file = writeUserPredictor(predictor);

test('what is written is read', () => {
  const read = readUserPredictor(file);
  expect({ ...read, applicability: read.applicability.data }).toEqual({
    ...predictor,
    applicability: predictor.applicability.data,
  });
});

/** The same file with another header, whose length is made right. */
function withHeader(change: (header: Record<string, Record<string, unknown>>) => void): Uint8Array {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    Record<string, unknown>
  >;
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const changed = new Uint8Array(8 + text.length + file.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(text.length), true);
  changed.set(text, 8);
  changed.set(file.subarray(8 + length), 8 + text.length);
  return changed;
}

function withConfig(change: (config: Record<string, unknown>) => void): Uint8Array {
  return withHeader((header) => {
    const config = JSON.parse(String(header.__metadata__.config)) as Record<string, unknown>;
    change(config);
    header.__metadata__.config = JSON.stringify(config);
  });
}

function flipped(): Uint8Array {
  const changed = file.slice();
  changed[changed.length - 5] ^= 0x10;
  return changed;
}

function hugeHeader(): Uint8Array {
  const changed = file.slice();
  new DataView(changed.buffer).setBigUint64(0, 2n ** 62n, true);
  return changed;
}

describe('refused', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'too few for a checkpoint'],
    ['a truncated file', () => file.subarray(0, file.length - 100), 'truncated'],
    ['a truncated header', () => file.subarray(0, 60), 'truncated'],
    ['a flipped bit', flipped, 'checksum'],
    ['a huge header', hugeHeader, 'out of bounds'],
    [
      'a pickle',
      () =>
        Uint8Array.from([0x80, 4, 0x63, 0x6f, 0x73, 0x0a, 0x73, 0x79, 0x73, 0x74, 0x65, 0x6d, 0x0a, 0x2e, 0x2e, 0x2e]),
      'not a safetensors checkpoint',
    ],
    [
      'another format',
      () => withHeader((header) => (header.__metadata__.format = 'amalgam-generator-1')),
      'not a predictor of Amalgam',
    ],
    [
      'wrong shapes',
      () => withConfig((config) => (config.network = { ...predictor.shape, hidden: 5 })),
      'has the shape',
    ],
    [
      'more members than there are',
      () => withConfig((config) => (config.members as unknown[]).push({ mean: 0, deviation: 1 })),
      'lacks member.2',
    ],
    [
      'an absurd size',
      () => withConfig((config) => (config.network = { ...predictor.shape, hidden: 1e9 })),
      'config is not valid',
    ],
    [
      'a deviation of zero',
      () => withConfig((config) => (config.members = [{ mean: 0, deviation: 0 }])),
      'config is not valid',
    ],
    ['no config', () => withHeader((header) => delete header.__metadata__.config), 'config is missing'],
    [
      'a tensor beyond the end',
      () => withHeader((header) => (header['domain.counts'].data_offsets = [1e6, 1e6 + 4])),
      'truncated',
    ],
    [
      'training molecules that are no bits',
      () =>
        writeUserPredictor({
          ...predictor,
          applicability: { data: { places: Float32Array.of(5000), counts: Float32Array.of(1) } } as Applicability,
        }),
      'not a list of bits',
    ],
  ])('%s', (_, make, message) => {
    expect(() => readUserPredictor(make())).toThrow(CheckpointError);
    expect(() => readUserPredictor(make())).toThrow(message);
  });
});

test('the nearest training molecule, and the limit that 95 of 100 keep', () => {
  expect(
    predictor.applicability.nearest(
      new Map([
        [1, 1],
        [5000, 4],
      ]),
    ),
  ).toBe(1);
  expect(
    predictor.applicability.nearest(
      new Map([
        [1, 1],
        [9, 1],
      ]),
    ),
  ).toBeCloseTo(1 / 3, 10);
  expect(predictor.applicability.nearest(new Map())).toBe(0);
  expect(applicabilityLimit(Array.from({ length: 100 }, (_, i) => i / 100))).toBeCloseTo(0.05, 2);
});
