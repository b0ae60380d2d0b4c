import { createHash } from 'node:crypto';

/** In hexadecimal, 64 characters. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
