/**
 * @file The safetensors format (huggingface/safetensors, described in its README): 8 bytes header length, a JSON
 * header, then raw little-endian data. Everything is checked before it is used, and nothing is ever executed.
 */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type StoredType = 'F32' | 'F16';

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file that is truncated, damaged or of another kind. */
export class CheckpointError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CheckpointError';
  }
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const MAX_HEADER = 100_000_000;
const BYTES = { F32: 4, F16: 2 } as const;

/** Writes tensors in the given order. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Record<string, string>,
  type: StoredType,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors)
    header[name] = { dtype: type, shape, data_offsets: [end, (end += values.length * BYTES[type])] };
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(8 + json.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  let at = 8 + json.length;
  for (const { values } of tensors.values()) {
    const bytes = type === 'F32' ? new Uint8Array(values.slice().buffer) : new Uint8Array(toHalf(values).buffer);
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** @throws CheckpointError, which says what is wrong with the file */
export function readSafetensors(file: Uint8Array): TensorFile {
  const { header, dataStart } = readHeader(file);
  const metadata = readMetadata(header.__metadata__ ?? {});
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  refuseOverlap(entries.map(([name, entry]) => ({ name, ...checkEntry(name, entry as HeaderEntry) })));
  const tensors = new Map(
    entries.map(([name, entry]) => [name, readTensor(file, dataStart, name, entry as HeaderEntry)]),
  );
  return { tensors, metadata };
}

function readHeader(file: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (file.length < 10) throw new CheckpointError(`The file has ${file.length} bytes, too few for a checkpoint.`);
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (length > MAX_HEADER)
    throw new CheckpointError('The file is not a safetensors checkpoint: its header length is out of bounds.');
  if (8 + length > file.length) throw new CheckpointError('The checkpoint is truncated: it ends inside its header.');
  return { header: parseHeader(file.subarray(8, 8 + length)), dataStart: 8 + length };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new CheckpointError('The file is not a safetensors checkpoint: its header is not JSON.');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new CheckpointError('The checkpoint header is not an object.');
  return header as Record<string, unknown>;
}

/** Metadata may hold texts only, as the format demands; other values would be misread. */
function readMetadata(metadata: unknown): Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw new CheckpointError("The checkpoint's metadata is not an object.");
  const foreign = Object.entries(metadata).find(([, value]) => typeof value !== 'string');
  if (foreign !== undefined) throw new CheckpointError(`The checkpoint's metadata "${foreign[0]}" is not text.`);
  return metadata as Record<string, string>;
}

/** Refuses tensors that share bytes: a small file could claim any amount of memory with them. */
function refuseOverlap(
  places: readonly { readonly name: string; readonly begin: number; readonly end: number }[],
): void {
  const sorted = [...places].sort((a, b) => a.begin - b.begin || a.end - b.end);
  const at = sorted.findIndex(({ begin }, i) => i > 0 && begin < sorted[i - 1].end);
  if (at > 0) throw new CheckpointError(`${sorted[at].name} overlaps ${sorted[at - 1].name} in the file.`);
}

function readTensor(file: Uint8Array, dataStart: number, name: string, entry: HeaderEntry): StoredTensor {
  const { dtype, shape, begin, end } = checkEntry(name, entry);
  if (dataStart + end > file.length)
    throw new CheckpointError(`The checkpoint is truncated: ${name} ends after the end of the file.`);
  // A copy, because the data must have its own buffer at offset 0, also if a Node Buffer was given.
  const bytes = new Uint8Array(file.subarray(dataStart + begin, dataStart + end));
  const values = dtype === 'F32' ? new Float32Array(bytes.buffer) : fromHalf(new Uint16Array(bytes.buffer));
  if (!values.every(Number.isFinite)) throw new CheckpointError(`${name} holds values that are not finite numbers.`);
  return { shape, values };
}

function checkEntry(
  name: string,
  entry: HeaderEntry,
): { dtype: StoredType; shape: number[]; begin: number; end: number } {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  if (dtype !== 'F32' && dtype !== 'F16')
    throw new CheckpointError(
      `${name} has the type ${JSON.stringify(dtype) ?? 'missing'}; only F32 and F16 are supported.`,
    );
  const whole = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(whole)) throw new CheckpointError(`${name} has an invalid shape.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(whole))
    throw new CheckpointError(`${name} has an invalid position in the file.`);
  const size = shape.reduce((n, d) => n * d, 1) * BYTES[dtype];
  if (offsets[1] - offsets[0] !== size)
    throw new CheckpointError(`${name} takes ${offsets[1] - offsets[0]} bytes; its shape needs ${size}.`);
  return { dtype, shape, begin: offsets[0], end: offsets[1] };
}

/** IEEE 754 binary16, rounded to nearest even. */
export function toHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.slice().buffer);
  return Uint16Array.from(bits, halfBits);
}

function halfBits(x: number): number {
  const sign = (x >>> 16) & 0x8000;
  const exponent = ((x >>> 23) & 0xff) - 112;
  const mantissa = x & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent <= 0) return exponent < -10 ? sign : sign | roundShift(mantissa | 0x800000, 14 - exponent);
  return sign | (((exponent << 10) | 0) + roundShift(mantissa, 13));
}

/** x / 2^n to the nearest integer, ties to even. */
function roundShift(x: number, n: number): number {
  const half = 1 << (n - 1);
  const low = x & ((1 << n) - 1);
  const floor = x >>> n;
  return low > half || (low === half && (floor & 1) === 1) ? floor + 1 : floor;
}

export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (h) => {
    const sign = h & 0x8000 ? -1 : 1;
    const exponent = (h >>> 10) & 31;
    const mantissa = h & 1023;
    if (exponent === 0) return sign * mantissa * 2 ** -24;
    if (exponent === 31) return mantissa ? NaN : sign * Infinity;
    return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  });
}
