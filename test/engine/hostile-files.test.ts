/**
 * @file Damaged and hostile .safetensors, as generators and as predictors of each kind: an error that names the place,
 * never a crash, and nothing is executed.
 */
import { describe, expect, test } from 'vitest';
import {
  decoderShape,
  type GeneratorConfig,
  readGenerator,
  writeGenerator,
} from '../../engine/generator/checkpoint.ts';
import { decoderParameters } from '../../engine/generator/decoder.ts';
import { initialWeights } from '../../engine/generator/parameters.ts';
import { randomStream } from '../../engine/generator/random.ts';
import { CheckpointError } from '../../engine/generator/safetensors.ts';
import { readAnyPredictor } from '../../engine/predictor/any.ts';
import { writePredictor } from '../../engine/predictor/sequence/checkpoint.ts';
import { networkParameters } from '../../engine/predictor/sequence/network.ts';
import { wordCount } from '../../engine/predictor/sequence/words.ts';
import { writeUserPredictor } from '../../engine/predictor/user/checkpoint.ts';
import { smallPredictor } from '../fixtures/predictor/small.ts';

const config: GeneratorConfig = {
  modality: 'molecule',
  layers: 1,
  width: 8,
  heads: 2,
  keyValueHeads: 1,
  context: 10,
  vocabulary: ['<s>', 'C', 'O'],
};
const generator = writeGenerator(
  { config, weights: initialWeights(decoderParameters(decoderShape(config)), randomStream(1).normal), history: {} },
  'F32',
);
const network = { length: 20, blocks: [{ width: 2, kernel: 3, pool: 2 }], hidden: 2, outputs: 1 };
const dna = writePredictor(
  {
    network,
    bothStrands: true,
    shortest: 15,
    history: {},
    tasks: [{ name: 'activity', mean: 0, deviation: 1, blend: { network: 1, words: 0, offset: 0 }, residual: 0.1 }],
    members: [initialWeights(networkParameters(network), randomStream(2).normal)],
    words: { weights: [new Float32Array(wordCount(true))], biases: [0] },
    applicability: { k: 2, shares: new Float32Array(16), limit: 0.5 },
  },
  'F32',
);

const kinds = [
  { kind: 'a generator', file: generator, read: readGenerator },
  { kind: 'a predictor of molecules', file: writeUserPredictor(smallPredictor), read: readAnyPredictor },
  { kind: 'a predictor of DNA', file: dna, read: readAnyPredictor },
] as const;

type Header = Record<string, Record<string, unknown>>;

/** The file with another header, whose length is made right. @param text in place of the changed header */
function withHeader(file: Uint8Array, change: (header: Header, first: string) => unknown): Uint8Array {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Header;
  const first = Object.keys(header).find((name) => name !== '__metadata__')!;
  const text = change(header, first);
  const json = new TextEncoder().encode(typeof text === 'string' ? text : JSON.stringify(header));
  const changed = new Uint8Array(8 + json.length + file.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(json.length), true);
  changed.set(json, 8);
  changed.set(file.subarray(8 + length), 8 + json.length);
  return changed;
}

function withLength(file: Uint8Array, length: bigint): Uint8Array {
  const changed = file.slice();
  new DataView(changed.buffer).setBigUint64(0, length, true);
  return changed;
}

/** The config inside the metadata changed as text. */
const withConfig = (file: Uint8Array, change: (text: string) => string): Uint8Array =>
  withHeader(file, (header) => {
    header.__metadata__.config = change(String(header.__metadata__.config));
  });

/** A NaN in the place of the first number. */
function withNaN(file: Uint8Array): Uint8Array {
  const changed = file.slice();
  const length = Number(new DataView(changed.buffer).getBigUint64(0, true));
  changed.fill(0xff, 8 + length, 8 + length + 4);
  return changed;
}

const sabotage: readonly (readonly [what: string, (file: Uint8Array) => Uint8Array, message: RegExp])[] = [
  ['nothing', () => new Uint8Array(), /too few for a checkpoint/],
  ['a header as long as memory', (file) => withLength(file, 2n ** 63n), /header length is out of bounds/],
  ['a header longer than the file', (file) => withLength(file, BigInt(file.length)), /ends inside its header/],
  ['a header that is a list', (file) => withHeader(file, () => '[]'), /header is not an object/],
  ['a header that is no text', (file) => withLength(file, BigInt(file.length - 8)), /header is not JSON/],
  [
    'a header nested without end',
    (file) => withHeader(file, () => `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
    /has the type|is not JSON|not an object/,
  ],
  ['numbers cut off', (file) => file.subarray(0, file.length - 5), /truncated/],
  [
    'a place beyond the end',
    (file) => withHeader(file, (header, first) => void (header[first].data_offsets = [1e12, 1e12 + 4 * 8])),
    /takes|ends after the file/,
  ],
  [
    'a place that runs backwards',
    (file) => withHeader(file, (header, first) => void (header[first].data_offsets = [64, 0])),
    /takes -64 bytes/,
  ],
  [
    'a place that is no number',
    (file) => withHeader(file, (header, first) => void (header[first].data_offsets = ['0', '8'])),
    /an invalid position/,
  ],
  [
    'tensors over each other',
    (file) => withHeader(file, (header, first) => void (header.twin = { ...header[first] })),
    /overlaps/,
  ],
  [
    'a type that is not read',
    (file) => withHeader(file, (header, first) => void (header[first].dtype = 'I64')),
    /has the type "I64"; only F32 and F16/,
  ],
  [
    'a type that cannot be written',
    (file) => withHeader(file, (header, first) => void (header[first].dtype = { toString: 1, valueOf: 1 })),
    /has the type \{"toString":1/,
  ],
  [
    'a shape of texts',
    (file) => withHeader(file, (header, first) => void (header[first].shape = ['8', '8'])),
    /an invalid shape/,
  ],
  [
    'a shape beyond all numbers',
    (file) => withHeader(file, (header, first) => void (header[first].shape = [2 ** 50, 2 ** 50])),
    /its shape needs/,
  ],
  [
    'an entry that is nothing',
    (file) => withHeader(file, (header, first) => void ((header as Record<string, unknown>)[first] = null)),
    /has the type missing/,
  ],
  [
    'metadata that is a list',
    (file) => withHeader(file, (header) => void ((header as Record<string, unknown>).__metadata__ = ['x'])),
    /metadata is not an object/,
  ],
  [
    'metadata that is no text',
    (file) => withHeader(file, (header) => void (header.__metadata__.format = { toString: 1 })),
    /metadata "format" is not text/,
  ],
  [
    'another format',
    (file) => withHeader(file, (header) => void (header.__metadata__.format = 'pickle')),
    /not a (generator|predictor) of Amalgam/,
  ],
  [
    'no config',
    (file) => withHeader(file, (header) => void delete header.__metadata__.config),
    /config is missing or not JSON/,
  ],
  [
    'a config with another prototype',
    (file) =>
      withConfig(file, (text) =>
        text.replace('{', '{"__proto__":{"isHostile":true},"constructor":{"prototype":{"isHostile":true}},'),
      ),
    /config is not valid/,
  ],
  ['a tensor that is missing', (file) => withHeader(file, (header, first) => void delete header[first]), /lacks /],
  ['values that are no numbers', withNaN, /not finite/],
];

describe.each(kinds)('$kind', ({ file, read }) => {
  test('is read as it was written', () => {
    expect(() => read(file)).not.toThrow();
  });

  test.each(sabotage)('%s is refused', (_what, change, message) => {
    let thrown: unknown = null;
    try {
      read(change(file));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CheckpointError);
    expect((thrown as Error).message).toMatch(message);
    expect(({} as { isHostile?: boolean }).isHostile).toBeUndefined();
  });

  test('a tensor called __proto__ changes no object', () => {
    const changed = withHeader(file, (header) =>
      JSON.stringify(header).replace('{', '{"__proto__":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'),
    );
    // The checksum of predictors is of the numbers alone, so that what is added without numbers is passed over.
    expect(() => read(changed)).not.toThrow();
    expect(({} as { dtype?: string }).dtype).toBeUndefined();
  });
});

test('a generator of more parameters than there is memory is refused before room is made for it', () => {
  const huge = withConfig(generator, (text) =>
    JSON.stringify({ ...(JSON.parse(text) as object), layers: 60_000, width: 65_536, heads: 2 }),
  );
  expect(() => readGenerator(huge)).toThrow(/the config needs \[|lacks /);
});

test('numbers that were changed do not have the checksum that was stored with them', () => {
  for (const { file } of kinds.slice(1)) {
    const changed = file.slice();
    changed[changed.length - 6] ^= 1;
    expect(() => readAnyPredictor(changed)).toThrow(/do not have the checksum/);
  }
});
