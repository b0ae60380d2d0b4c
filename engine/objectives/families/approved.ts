/** Objectives that compare a molecule with approved drugs. */
import type { MoleculeObjective } from '../molecules.ts';

export const approvedObjectives: readonly MoleculeObjective[] = [];
