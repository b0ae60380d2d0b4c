/** The 23 tasks of PMO with published figures, and five tasks of our own on which settings are chosen. */
import type { Task } from './run.ts';

/**
 * Area under the mean of the best 10 of REINVENT and Graph GA, means over 5 seeds (Gao et al. 2022,
 * pmo-benchmark.github.io).
 */
export const PUBLISHED: Readonly<Record<string, readonly [reinvent: number, graphGa: number]>> = {
  albuterol_similarity: [0.882, 0.838],
  amlodipine_mpo: [0.635, 0.661],
  celecoxib_rediscovery: [0.713, 0.63],
  deco_hop: [0.666, 0.619],
  drd2: [0.945, 0.964],
  fexofenadine_mpo: [0.784, 0.76],
  gsk3b: [0.865, 0.788],
  isomers_c7h8n2o2: [0.852, 0.862],
  isomers_c9h10n2o2pf2cl: [0.642, 0.719],
  jnk3: [0.783, 0.553],
  median1: [0.356, 0.294],
  median2: [0.276, 0.273],
  mestranol_similarity: [0.618, 0.579],
  osimertinib_mpo: [0.837, 0.831],
  perindopril_mpo: [0.537, 0.538],
  qed: [0.941, 0.94],
  ranolazine_mpo: [0.76, 0.728],
  scaffold_hop: [0.56, 0.517],
  sitagliptin_mpo: [0.021, 0.433],
  thiothixene_rediscovery: [0.534, 0.479],
  troglitazone_rediscovery: [0.441, 0.39],
  valsartan_smarts: [0.178, 0],
  zaleplon_mpo: [0.358, 0.346],
};

/** Sums over the 23 tasks, with their sources; those marked have seen molecules screened beforehand. */
export const SUMS: readonly (readonly [system: string, sum: number, screened: boolean, source: string])[] = [
  ['Graph GA', 13.751, false, 'Gao et al. 2022'],
  ['REINVENT', 14.196, false, 'Gao et al. 2022'],
  ['Mol GA', 14.708, false, 'Tripp and Hernandez-Lobato 2023'],
  ['Augmented Memory', 15.002, false, 'Guo and Schwaller 2024'],
  ['Genetic GFN', 16.213, false, 'Kim et al. 2024'],
  ['InVirtuoGen without prescreening', 16.676, false, 'its own report'],
  ['f-RAG', 16.928, true, 'Lee et al. 2024'],
  ['GenMol', 18.362, true, 'Lee et al. 2025'],
  ['InVirtuoGen', 18.993, true, 'its own report'],
];

export const TASKS: readonly Task[] = Object.keys(PUBLISHED).map((name) => ({
  name,
  goals: [{ id: `pmo-${name.replaceAll('_', '-')}` }],
}));

const IMATINIB = 'Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1';
const LINEZOLID = 'CC(=O)NCC1CN(c2ccc(N3CCOCC3)c(F)c2)C(=O)O1';
const ARIPIPRAZOLE = 'Clc1cccc(N2CCN(CCCCOc3ccc4c(c3)NC(=O)CC4)CC2)c1Cl';
const DONEPEZIL = 'COc1cc2c(cc1OC)C(=O)C(CC1CCN(Cc3ccccc3)CC1)C2';
const HALOPERIDOL = 'O=C(CCCN1CCC(O)(c2ccc(Cl)cc2)CC1)c1ccc(F)cc1';

const like = (reference: string, fingerprint: string) => ({
  id: 'similarity',
  reference,
  fingerprint,
  goal: 'higher',
  from: 0,
  to: 1,
});
const within = (id: string, low: number, high: number, tolerance: number) => ({
  id,
  goal: 'range',
  range: [low, high],
  tolerance,
});

/** None of them is a task of PMO. Several goals make their geometric mean. */
export const TUNING: readonly Task[] = [
  { name: 'tuning_linezolid', goals: [like(LINEZOLID, 'ecfp4')] },
  { name: 'tuning_isomer', goals: [{ id: 'isomer', formula: 'C11H15N3O2FCl', goal: 'higher', from: 0, to: 1 }] },
  {
    name: 'tuning_aripiprazole',
    goals: [like(ARIPIPRAZOLE, 'fcfp4'), within('tpsa', 80, 100, 10), within('logp', 1, 2, 1)],
  },
  { name: 'tuning_median', goals: [like(DONEPEZIL, 'ecfp4'), like(HALOPERIDOL, 'ecfp4')] },
  {
    name: 'tuning_imatinib',
    goals: [
      { ...like(IMATINIB, 'ap'), label: 'Similar pairs' },
      { id: 'isomer', formula: 'C28H29N5O2F2', goal: 'higher', from: 0, to: 1 },
    ],
  },
];
