/**
 * @file CNS MPO, 0 to 6: how well six properties suit a drug for the brain. Wager et al., ACS Chem. Neurosci. 2010, 1,
 * 435, table 1. The paper takes ClogP, ClogD and pKa from commercial programs. Here, Crippen's logP replaces ClogP, and
 * ionisation.ts estimates the pKa of the strongest base and ClogD.
 */
import { estimateLogD, strongestBase } from './ionisation.ts';
import type { Molecule } from './molecule.ts';

/** 1 up to `best`, then linear down to 0 at `worst`; mirrored if worst is below best. */
function slope(value: number, best: number, worst: number): number {
  return Math.min(1, Math.max(0, (worst - value) / (worst - best)));
}

/** @param pH at which logD is computed; 7.4 in the paper @returns 0 to 6 */
export function cnsMpo({ graph, descriptors }: Molecule, pH: number): number {
  const { logP, weight, tpsa, donors } = descriptors;
  // A molecule without a base is not too basic.
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
