/** @file The tasks of the PMO benchmark as objectives, for comparing generators. */
import { z } from 'zod';
import { type MoleculeObjective, scoreEach } from '../molecules.ts';
import { tasks } from './pmo/tasks.ts';
import { targetModels, TARGETS } from './targets.ts';

const noParameters = z.object({});

export const pmoObjectives = tasks.map(({ name, label, wanted, score }): MoleculeObjective<typeof noParameters> => ({
  id: `pmo-${name}`,
  label: `PMO: ${label}`,
  modality: 'molecule',
  unit: '',
  description: `${wanted} A task of the PMO benchmark, from 0 to 1, for comparing generators.`,
  source: `PMO: Gao et al., NeurIPS 2022, task ${name.replaceAll('-', '_')}; GuacaMol: Brown et al., J. Chem. Inf. Model. 2019, 59, 1096; as in PyTDC 1.1.15`,
  ...(Object.hasOwn(targetModels, name) && { model: TARGETS }),
  parameters: noParameters,
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare: (_parameters, context) => scoreEach(score(context)),
}));
