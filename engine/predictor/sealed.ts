/** @file Safetensors files of predictors, with a format, a config and a checksum over their numbers. */
import { crc32 } from 'node:zlib';
import {
  CheckpointError,
  readSafetensors,
  type StoredTensor,
  type StoredType,
  type TensorFile,
  writeSafetensors,
} from '../generator/safetensors.ts';

/** The bytes of the file. @param metadata includes the format */
export function writeSealed(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> & { readonly format: string },
  type: StoredType,
): Uint8Array {
  const checksum = String(crc32(bodyOf(writeSafetensors(tensors, { ...metadata }, type))));
  return writeSafetensors(tensors, { ...metadata, checksum }, type);
}

/** The bytes of the tensors, which follow the header. */
function bodyOf(file: Uint8Array): Uint8Array {
  const header = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  return file.subarray(8 + header);
}

/** @throws CheckpointError if the file is damaged or has another format */
export function readSealed(file: Uint8Array, format: string): TensorFile {
  const { tensors, metadata } = readSafetensors(file);
  if (metadata.format !== format)
    throw new CheckpointError(
      `The file is not a predictor of Amalgam (format ${metadata.format ?? 'missing'}, expected ${format}).`,
    );
  if (metadata.checksum !== String(crc32(bodyOf(file))))
    throw new CheckpointError(
      'The predictor is damaged: its numbers do not have the checksum that was stored with them.',
    );
  return { tensors, metadata };
}

/** @param length any length if omitted @throws CheckpointError if the tensor is missing or has another length */
export function valuesOf(tensors: TensorFile['tensors'], name: string, count?: number): Float32Array {
  const values = tensors.get(name)?.values;
  if (values === undefined || (count !== undefined && values.length !== count))
    throw new CheckpointError(`The predictor lacks ${name}${count === undefined ? '' : ` with ${count} numbers`}.`);
  return values;
}
