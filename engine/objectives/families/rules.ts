/** Objectives that apply known rules and profiles: Lipinski, Veber, Ghose, lead-likeness, CNS MPO, the parts of QED. */
import type { MoleculeObjective } from '../molecules.ts';

export const ruleObjectives: readonly MoleculeObjective[] = [];
