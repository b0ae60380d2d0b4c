/** @file The fixture's molecules and sequences as fingerprints in the window. */
import { type Fingerprints, sizesOf } from '../../../../../renderer/features/explore/space/fingerprints.ts';
import { spaceFixture } from '../../../../fixtures/space/read.ts';

export const fixture = spaceFixture();

const packed = Buffer.from(fixture.bits.join(''), 'hex');
export const molecules: Fingerprints = {
  kind: 'bits',
  count: fixture.bits.length,
  rows: new Uint32Array(Uint8Array.from(packed).buffer),
};
export const sequences: Fingerprints = {
  kind: 'counts',
  count: fixture.counts.length,
  rows: Uint16Array.from(fixture.counts.flat()),
};

export const all = ({ count }: Fingerprints): Int32Array => Int32Array.from({ length: count }, (_, i) => i);
const sizes = new Map([molecules, sequences].map((one) => [one, sizesOf(one)]));
export const sizesFor = (of: Fingerprints): Uint32Array => sizes.get(of) ?? sizesOf(of);
export const quiet = (): void => undefined;
