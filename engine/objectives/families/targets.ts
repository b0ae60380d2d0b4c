/** Published models of activity on single targets. */
import type { MoleculeObjective } from '../molecules.ts';

export const targetObjectives: readonly MoleculeObjective[] = [];
