/** @file Members of a zip archive that is in memory (PKWARE, APPNOTE). */
import { inflateRawSync } from 'node:zlib';

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** Larger members are not unpacked: small archives can hold much of nothing. */
const LARGEST_MEMBER = 500_000_000;
const STORED = 0;
const DEFLATED = 8;

interface Member {
  readonly method: number;
  readonly packed: number;
  readonly header: number;
}

/** The text of a member; null if there is none, or if it cannot be unpacked. */
export function zipMember(bytes: Buffer, name: string): string | null {
  const member = membersOf(bytes).get(name);
  if (member === undefined) return null;
  const { method, packed, header } = member;
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const content = bytes.subarray(start, start + packed);
  if (method === STORED) return content.toString('utf8');
  return method === DEFLATED ? inflateRawSync(content, { maxOutputLength: LARGEST_MEMBER }).toString('utf8') : null;
}

function membersOf(bytes: Buffer): Map<string, Member> {
  const members = new Map<string, Member>();
  const end = endOf(bytes);
  let at = end < 0 ? bytes.length : bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const length = bytes.readUInt16LE(at + 28);
    members.set(bytes.subarray(at + 46, at + 46 + length).toString('utf8'), {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      header: bytes.readUInt32LE(at + 42),
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0; at--) if (bytes.readUInt32LE(at) === DIRECTORY_END) return at;
  return -1;
}
