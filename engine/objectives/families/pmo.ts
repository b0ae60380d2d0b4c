/** The tasks of the PMO benchmark as objectives. */
import type { MoleculeObjective } from '../molecules.ts';

export const pmoObjectives: readonly MoleculeObjective[] = [];
