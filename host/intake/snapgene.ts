/**
 * @file SnapGene's .dna files: packets of one byte for the kind, four for the length, then the content. The first
 * packet is the cookie, and packet 0 has the sequence (as Biopython's SnapGeneIO reads them).
 */
import { InputError } from '../base/errors.ts';
import type { IntakeRecord } from './types.ts';

const SEQUENCE = 0;
const NOTES = 6;
const HEAD = 5;

/** @throws InputError where the file is damaged or holds no DNA */
export function snapgeneRecord(bytes: Uint8Array, name: string): IntakeRecord {
  const packets = packetsOf(Buffer.from(bytes), name);
  const sequence = packets.get(SEQUENCE);
  if (sequence === undefined) throw new InputError(`${name} is a SnapGene file without a DNA sequence.`);
  const notes = packets.get(NOTES)?.toString('utf8') ?? '';
  const label = /<CustomMapLabel>([^<]*)<\/CustomMapLabel>/.exec(notes)?.[1] ?? '';
  // The first byte has flags: circular, double-stranded, methylation.
  return { name: label, text: sequence.subarray(1).toString('latin1'), place: 1 };
}

function packetsOf(bytes: Buffer, name: string): Map<number, Buffer> {
  const packets = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const start = at + HEAD;
    const end = start <= bytes.length ? start + bytes.readUInt32BE(at + 1) : Infinity;
    if (end > bytes.length) throw new InputError(`Cannot read ${name}: the SnapGene file is cut off.`);
    if (!packets.has(bytes[at])) packets.set(bytes[at], bytes.subarray(start, end));
    at = end;
  }
  return packets;
}
