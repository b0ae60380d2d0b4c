/**
 * CNS MPO, 0 to 6: how well six properties suit a drug for the brain. Wager et
 * al., ACS Chem. Neurosci. 2010, 1, 435, table 1. The paper takes ClogP, ClogD
 * and pKa from commercial programs; here Crippen's logP stands in for ClogP, and
 * ionisation.ts for the pKa of the strongest base and for ClogD.
 */
import { estimateLogD, strongestBase } from './ionisation.ts';
import type { Molecule } from './molecule.ts';

/** 1 up to `best`, falling on a line to 0 at `worst`; also upwards where worst is below best. */
function slope(value: number, best: number, worst: number): number {
  return Math.min(1, Math.max(0, (worst - value) / (worst - best)));
}

/** @param pH at which logD is taken; the paper has 7.4 @returns 0 to 6 */
export function cnsMpo({ graph, descriptors }: Molecule, pH: number): number {
  const { logP, weight, tpsa, donors } = descriptors;
  // Without a base nothing is too basic.
  const base = strongestBase(graph) ?? -Infinity;
  return (
    slope(logP, 3, 5) +
    slope(estimateLogD(graph, logP, pH), 2, 4) +
    slope(weight, 360, 500) +
    Math.min(slope(tpsa, 40, 20), slope(tpsa, 90, 120)) +
    slope(donors, 0.5, 3.5) +
    slope(base, 8, 10)
  );
}
