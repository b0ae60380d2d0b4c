/**
 * @file The fingerprints that molecules are compared by, under the names in design files. All are sparse, with unfolded
 * identifiers.
 */
import { LONGEST_PAIR } from './atom-pairs.ts';
import type { Molecule } from './molecule.ts';
import type { CountFingerprint } from './morgan.ts';

export const fingerprintNames = ['ecfp4', 'ecfp6', 'fcfp4', 'fcfp6', 'ap', 'tt'] as const;
export type FingerprintName = (typeof fingerprintNames)[number];

const COMPUTE: Readonly<Record<FingerprintName, (molecule: Molecule) => CountFingerprint>> = {
  ecfp4: (molecule) => molecule.morgan(2),
  ecfp6: (molecule) => molecule.morgan(3),
  fcfp4: (molecule) => molecule.featureMorgan(2),
  fcfp6: (molecule) => molecule.featureMorgan(3),
  ap: (molecule) => molecule.atomPairs(LONGEST_PAIR),
  tt: (molecule) => molecule.torsions,
};

export function fingerprint(molecule: Molecule, name: FingerprintName): CountFingerprint {
  return COMPUTE[name](molecule);
}
