/** Objectives of size, shape and composition: BertzCT, rings, stereocentres, charge, formula, RDKit descriptors by name. */
import type { MoleculeObjective } from '../molecules.ts';

export const topologyObjectives: readonly MoleculeObjective[] = [];
